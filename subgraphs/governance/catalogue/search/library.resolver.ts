import { Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { defineEnum } from '../../../../shared/subgraph/index.js';
import type { GovernanceContext } from '../../core/index.js';
import { catalogueTables } from '../tables.js';

const LibraryKind = defineEnum('LibraryKind', '库的类别', {
  FOUNDATIONAL: '基础库',
  THEMATIC: '主题库',
  OTHER: '其他',
});
type LibraryKind = keyof typeof LibraryKind;

/** Libraries that are named, at most, beside those of the law in force. */
const MOST_OTHERS = 200;

@Share('UNCONDITIONAL')
@ObjectType({
  description: '所属库\nA foundational or thematic library of the law in force, or one that a provider names.',
})
export class CatalogueLibrary {
  @Field({ description: '代码' })
  code!: string;

  @Field({ description: '名称\nThe code where the law in force has no name for it.' })
  name!: string;

  @Field(() => LibraryKind, { description: '类别' })
  kind!: LibraryKind;

  @Field(() => Int, { description: '已发布目录数' })
  resources!: number;
}

/** The libraries by which the catalogue is narrowed. @source HZ-8.3a */
@Resolver()
export class CatalogueLibraryResolver {
  @Share('UNCONDITIONAL')
  @Query(() => [CatalogueLibrary], {
    nullable: true,
    description: '所属库列表\nThose that have published resources: foundational ones, thematic ones, others.',
  })
  async catalogueLibraries(@Ctx() { em, own: { profile } }: GovernanceContext): Promise<CatalogueLibrary[]> {
    const counts = await catalogueTables(em)
      .selectFrom('catalogue_resource')
      .where('state', '=', 'PUBLISHED')
      .where('library', 'is not', null)
      .groupBy('library')
      .orderBy('library')
      .limit(MOST_OTHERS)
      .select((eb) => ['library', eb.fn.countAll<string>().as('resources')])
      .execute();
    const { foundational, thematic } = profile.libraries ?? {};
    const kinds = [
      ['FOUNDATIONAL', foundational?.value ?? {}],
      ['THEMATIC', thematic?.value ?? {}],
    ] as const;
    const found = counts.map(({ library, resources }): CatalogueLibrary => {
      const code = library!;
      const [kind, names] = kinds.find(([, names]) => Object.hasOwn(names, code)) ?? ['OTHER', {}];
      return {
        code,
        kind,
        name: (names as Readonly<Record<string, string>>)[code] ?? code,
        resources: Number(resources),
      };
    });
    return ORDER.flatMap((kind) => found.filter((each) => each.kind === kind));
  }
}
const ORDER: readonly LibraryKind[] = ['FOUNDATIONAL', 'THEMATIC', 'OTHER'];
