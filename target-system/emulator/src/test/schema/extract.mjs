// Writes cloudformation.json anew: the part of the CloudFormation resource schema that our templates use. It is read
// from the npm package @aws-cdk/aws-service-spec, which stays outside of the tree. In target-system/emulator:
//
//   npm install --prefix target/schema @aws-cdk/aws-service-spec@0.1.216
//   node src/test/schema/extract.mjs [TYPE…]
//
// The file keeps the types that it has. Each TYPE, such as AWS::SQS::Queue, is added.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const file = new URL('../resources/dev/fanbench/emulator/template/cloudformation.json', import.meta.url);
const require = createRequire(new URL('../../../target/schema/package.json', import.meta.url));
const database = require('@aws-cdk/aws-service-spec').loadAwsServiceSpecSync();
const { name, version, license } = require('@aws-cdk/aws-service-spec/package.json');

const kept = Object.keys(JSON.parse(readFileSync(file, 'utf8')).resources);
const added = process.argv.slice(2);
const resources = {};
const types = {};

// A type as JSON: "string" and the like, {"enum": […]}, {"list": type}, {"map": type}, {"oneOf": [type…]}, or a name in
// `types`.
function reduced(type, resource) {
  switch (type.type) {
    case 'array':
      return { list: reduced(type.element, resource) };
    case 'map':
      return { map: reduced(type.element, resource) };
    case 'union':
      return { oneOf: type.types.map((each) => reduced(each, resource)) };
    case 'ref':
      return named(database.get('typeDefinition', type.reference.$ref), resource);
    default:
      return type.allowedValues ? { enum: type.allowedValues } : type.type;
  }
}

function named(definition, resource) {
  const key = `${resource}.${definition.name}`;
  if (!(key in types)) {
    types[key] = {}; // types may refer to themselves
    types[key] = properties(definition, resource);
  }
  return key;
}

// By name, which ends in ! for a property that is required.
function properties(owner, resource) {
  return Object.fromEntries(
    Object.entries(owner.properties)
      .map(([key, property]) => [key + (property.required ? '!' : ''), reduced(property.type, resource)])
      .sort(([one], [other]) => (one < other ? -1 : 1)));
}

for (const type of [...new Set([...kept, ...added])].sort()) {
  const resource = database.lookup('resource', 'cloudFormationType', 'equals', type).only();
  resources[type] = {
    attributes: Object.keys(resource.attributes).sort(),
    properties: properties(resource, type),
  };
}

// One property a line, so that a newer version shows what it changed.
const line = (value) => JSON.stringify(value).replace(/([,:])(?=["{[\d])/g, '$1 ');
const block = (map, indent) =>
  `{\n${Object.keys(map).sort().map((key) => `${indent}  ${JSON.stringify(key)}: ${line(map[key])}`).join(',\n')}\n${indent}}`;
const blocks = (map, print) =>
  `{\n${Object.keys(map).sort().map((key) => `    ${JSON.stringify(key)}: ${print(map[key])}`).join(',\n')}\n  }`;
writeFileSync(file, `{
  "source": "${name} ${version} by Amazon Web Services, ${license}; reduced to these types by extract.mjs",
  "resources": ${blocks(resources, (each) =>
    `{\n      "attributes": ${line(each.attributes)},\n      "properties": ${block(each.properties, '      ')}\n    }`)},
  "types": ${blocks(types, (each) => block(each, '    '))}
}
`);
