// The documentation as a site. Its pages are the Markdown files of the checkout, so the links work on GitHub and here.
import {copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {dirname, relative, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

const home = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** Where a file that is no page is shown. */
const source = process.env.FANBENCH_SOURCE || 'https://github.com/fanbench/fanbench/tree/main';

const documents = folder => readdirSync(resolve(home, folder))
  .filter(name => name.endsWith('.md'))
  .map(name => folder + '/' + name);

const pages = [
  'README.md', 'METHODOLOGY.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'AGENTS.md',
  'jmh/README.md', 'target-system/README.md', ...documents('docs'), ...documents('docs/adr')
];

/** The builder takes its pages from one folder below it, so that folder gets copies. */
const copies = resolve(home, 'docs/site/target/pages');
rmSync(copies, {recursive: true, force: true});
for (const file of [...pages, 'docs/fan-out.svg']) {
  const copy = resolve(copies, file === 'README.md' ? 'index.md' : file);
  mkdirSync(dirname(copy), {recursive: true});
  copyFileSync(resolve(home, file), copy);
}

const title = page => readFileSync(resolve(home, page), 'utf8').match(/^# (.*)$/m)[1].replaceAll('`', '');

const item = page => ({text: title(page), link: '/' + page.replace(/\.md$/, '')});

/** Links to files that are no pages lead to the source; a link that leads nowhere ends the build. */
const adapt = markdown => {
  // Braces in a page are text and no expressions of Vue.
  for (const rule of ['text', 'code_inline']) {
    const plain = markdown.renderer.rules[rule];
    markdown.renderer.rules[rule] = (...all) => plain(...all).replaceAll('{{', '&#123;&#123;');
  }
  markdown.core.ruler.push('links-to-source', state => {
    const links = state.tokens.flatMap(token => token.children || []).filter(token => token.type === 'link_open');
    for (const link of links) {
      const [path, anchor] = link.attrGet('href').split('#');
      if (path === '' || /^[a-z]+:/.test(path)) {
        continue;
      }
      const file = resolve(home, dirname(state.env.relativePath), path);
      const name = relative(home, file);
      if (!existsSync(file)) {
        throw new Error(state.env.relativePath + ' has a dead link: ' + link.attrGet('href'));
      }
      if (name === 'README.md') {
        link.attrSet('href', '/' + (anchor ? '#' + anchor : ''));
      } else if (!pages.includes(name)) {
        link.attrSet('href', source + '/' + name);
      }
    }
  });
};

export default {
  title: 'fanbench',
  description: 'How long until the last person in the room sees the message?',
  lang: 'en',
  srcDir: './target/pages',
  outDir: './target/dist',
  cacheDir: './target/cache',
  cleanUrls: false,
  lastUpdated: false,
  ignoreDeadLinks: false,
  vite: {publicDir: false},
  markdown: {config: adapt, languageAlias: {hocon: 'json5'}},
  themeConfig: {
    search: {provider: 'local'},
    outline: [2, 3],
    nav: [
      {text: 'Methodology', link: '/METHODOLOGY'},
      {text: 'Options', link: '/docs/options'},
      {text: 'Changes', link: '/CHANGELOG'},
      {text: 'Source', link: source}
    ],
    sidebar: [
      {text: 'Start', items: [{text: 'fanbench', link: '/'}, ...['METHODOLOGY.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'AGENTS.md'].map(item)]},
      {text: 'Guides', items: documents('docs').map(item)},
      {text: 'Modules', items: ['jmh/README.md', 'target-system/README.md'].map(item)},
      {text: 'Decisions', collapsed: true, items: documents('docs/adr').map(item)}
    ]
  }
};
