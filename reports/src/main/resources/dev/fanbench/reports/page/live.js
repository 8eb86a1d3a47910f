const main = document.querySelector('main');
const gone = document.getElementById('gone');
const seconds = document.getElementById('seconds');
let failures = 0;
let shown = '';

const SVG = 'http://www.w3.org/2000/svg';
const HEIGHT = 150;
const LEFT = 72;
const TOP = 14;
const BOTTOM = 22;

function add(parent, name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  if (text !== undefined) {
    element.textContent = text;
  }
  parent.append(element);
  return element;
}

/** The smallest of 1, 2, 5, 10, … that is not below a value. */
function roundUp(value) {
  const ten = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map(factor => factor * ten).find(top => top >= value * 0.999);
}

/** Curves of the ticks, broken where a value is missing or another phase begins. */
function draw(figure, ticks, curves, unit) {
  const width = Math.max(200, figure.clientWidth);
  const right = width - 8;
  const values = ticks.flatMap(tick => curves.map(curve => tick[curve.key])).filter(v => v !== null);
  const top = roundUp(Math.max(...values, 0.001));
  const to = ticks[ticks.length - 1].second;
  const from = Math.min(ticks[0].second, to - 10);
  const x = second => LEFT + (second - from) / (to - from) * (right - LEFT);
  const y = value => HEIGHT - BOTTOM - value / top * (HEIGHT - BOTTOM - TOP);
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 ' + width + ' ' + HEIGHT);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', figure.dataset.name);
  for (const value of [0, top / 2, top]) {
    add(svg, 'path', { class: value === 0 ? 'base' : 'grid', d: 'M' + LEFT + ' ' + y(value) + 'H' + right });
    add(svg, 'text', { x: LEFT - 6, y: y(value) + 4, 'text-anchor': 'end' },
      Number(value.toPrecision(3)).toLocaleString('en-US') + unit);
  }
  add(svg, 'text', { x: LEFT, y: HEIGHT - 4 }, Math.round(to - from) + ' s ago');
  add(svg, 'text', { x: right, y: HEIGHT - 4, 'text-anchor': 'end' }, 'now');
  ticks.forEach((tick, i) => {
    const before = ticks[Math.max(0, i - 1)];
    if (tick.phase !== before.phase) {
      add(svg, 'path', { class: 'grid', d: 'M' + x(tick.second).toFixed(1) + ' ' + TOP + 'V' + (HEIGHT - BOTTOM) });
    }
  });
  curves.forEach(curve => {
    let data = '';
    let phase = null;
    for (const tick of ticks) {
      const value = tick[curve.key];
      if (value !== null) {
        const point = x(tick.second).toFixed(1) + ' ' + y(value).toFixed(1);
        data += phase === tick.phase ? 'L' + point : 'M' + point + 'h0';
      }
      phase = value === null ? null : tick.phase;
    }
    add(svg, 'path', { class: 'curve ' + curve.style, 'stroke-linecap': 'round', d: data || 'M0 0' });
  });
  figure.querySelector(':scope > svg')?.remove();
  figure.prepend(svg);
}

async function drawSeconds() {
  const answer = await fetch('seconds', { cache: 'no-store' });
  const ticks = await answer.json();
  if (ticks.length > 1) {
    seconds.hidden = false;
    draw(document.getElementById('times'), ticks, [
      { key: 'slowestMillis', style: 'ref' },
      { key: 'p99Millis', style: 't1' },
      { key: 'p50Millis', style: 't0' },
    ], ' ms');
    draw(document.getElementById('deliveries'), ticks, [{ key: 'deliveriesPerSecond', style: 't0' }], '');
  }
}

async function look() {
  try {
    const answer = await fetch('state', { cache: 'no-store' });
    const text = await answer.text();
    if (text !== shown) {
      shown = text;
      main.innerHTML = text;
      document.title = 'fanbench: ' + main.querySelector('h1').textContent;
    }
    if (main.querySelector('[data-ended]') === null) {
      await drawSeconds();
    }
    failures = 0;
    gone.hidden = true;
  } catch (refused) {
    failures++;
    gone.hidden = false;
  }
  const over = main.querySelector('[data-ended]') !== null || failures === 5;
  if (!over) {
    setTimeout(look, 1000);
  }
}

setTimeout(look, 1000);
