import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse, print } from 'graphql';
import { readConsumerDocument } from '../../gateway/plan/consumer-schema.js';
import { buildPlainSchema, restrictFields, withoutMachinery } from '../../gateway/supergraph/build-consumer-schema.js';
import { composeGraph } from '../../gateway/supergraph/compose-graph.js';
import { describeSchema } from '../../gateway/supergraph/schema/describe-schema.js';
import { readShareRules } from '../../gateway/supergraph/share-rules.js';
import { writeItems } from '../../shared/share/item-texts.js';
import { parseOnce } from '../../shared/share/parse-once.js';

const demo = readdirSync('schema/subgraphs').map((file) => {
  const name = file.replace('.graphql', '');
  return { name, url: `http://${name}/`, sdl: readFileSync(`schema/subgraphs/${file}`, 'utf8') };
});
const changed = (from: string | RegExp, to: string) =>
  demo.map((each) => ({ ...each, sdl: each.sdl.replace(from, to) }));
const trust = { publishers: new Map(demo.map(({ name }) => [name, [name]])), consents: [], now: 0 };

/** Graphs of which each takes over from the one before what has not changed. */
const GRAPHS = {
  'the demo': demo,
  'a field more': changed('type Parcel', 'type Added { one: Int @share(type: UNCONDITIONAL) }\n\ntype Parcel'),
  'a share type that is stricter': changed('@share(type: UNCONDITIONAL)', '@share(type: NOT_SHARED, basis: ["x"])'),
  'a description of three paragraphs': changed(
    'A parcel of land',
    'A parcel of land\n\n"three" type X { a: Int }\n\nof',
  ),
  'the demo again': demo,
};

const hashOf = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);

describe('The next graph', () => {
  it.each(Object.entries(GRAPHS))('is as if there had been none before: %s', (_, subgraphs) => {
    const { supergraphSdl } = composeGraph(subgraphs);
    // Nothing is known of definitions that were parsed for this alone.
    const [kept, fresh] = [parseOnce(supergraphSdl), parse(supergraphSdl, { noLocation: true })];
    expect(print(kept)).toBe(print(fresh));
    expect(describeSchema(kept)).toEqual(describeSchema(fresh));
    const [visible, freshVisible] = [kept, fresh].map((each) => withoutMachinery(readConsumerDocument(each)));
    expect(print(visible!)).toBe(print(freshVisible!));
    const schema = buildPlainSchema(visible!);
    const { index } = readShareRules(subgraphs, { supergraphSdl, schema }, { trust });
    const [shown, freshShown] = [visible, freshVisible].map((each) =>
      describeSchema(restrictFields(each!, index, new Set(['Parcel.parcelNumber']))),
    );
    expect(shown).toEqual(freshShown);
    expect(writeItems(index.items)).toEqual(index.items.map(({ index: _at, ...item }) => JSON.stringify(item)));
  });

  it('has another version whenever an item differs', () => {
    const versions = [...Object.values(GRAPHS)].map((subgraphs) => {
      const { supergraphSdl } = composeGraph(subgraphs);
      const schema = buildPlainSchema(withoutMachinery(readConsumerDocument(parseOnce(supergraphSdl))));
      const { index } = readShareRules(subgraphs, { supergraphSdl, schema });
      expect(index.version).toBe(hashOf([index.items, [...index.inputs]]));
      return index.version;
    });
    expect(versions[4]).toBe(versions[0]);
    // What a type is described as is no item's.
    expect(versions[3]).toBe(versions[0]);
    expect(new Set(versions).size).toBe(3);
  });

  it('is read definition by definition only where that reads the same', () => {
    const texts = [
      'type A {\n  a: Int\n}\n\n"""\nIt is\n\n"b"\n\ntype B\n"""\ntype B {\n  b: Int\n}',
      'type A\n\nimplements I {\n  a: Int\n}\n\ninterface I {\n  a: Int\n}',
      'directive @a\n\non\n\nFIELD\n\nscalar S',
      'union U =\n\n  | A\n\ntype A {\n  a: Int\n}',
      'enum E {\n  A\n\n  "b"\n\n  B\n}',
      'extend\n\ntype A {\n  a: Int\n}',
    ];
    for (const text of texts) expect(print(parseOnce(text))).toBe(print(parse(text)));
    expect(() => parseOnce('type A {\n\ntype B {\n  b: Int\n}')).toThrow('Syntax Error');
  });
});
