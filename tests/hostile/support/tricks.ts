import { SHARE_LINK } from './doors.js';

export const OPEN = '@share(type: UNCONDITIONAL)';

/** SDL of a further subgraph of the department of education, and the problems that must be reported for it. */
export interface Trick {
  readonly sdl: string;
  readonly problems: readonly string[];
  /** Changes to the subgraphs of others that make it compose, when they were talked into them. */
  readonly demo?: (demo: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
  /** A second subgraph of the same department. */
  readonly second?: string;
}

export const INCOME = 'KEY_NOT_RELEASED Resident Resident.annualIncome public-security';
export const RISK = `risk: String ${OPEN}`;
const link = (imports: string, as = '') =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", ${as} import: [${imports}]) ${SHARE_LINK}\n`;
const replace = (subgraph: string, from: string, to: string) => (demo: Readonly<Record<string, string>>) => {
  const text = demo[subgraph]!.replace(from, to);
  if (text === demo[subgraph]) throw new Error(`${from} is not in ${subgraph}`);
  return { ...demo, [subgraph]: text };
};
/** The police department was talked into marking a field shareable. */
const sharing = (field: string) => replace('population', field, `${field} @shareable`);

/** What a hostile department of education publishes, by what it tries. */
export const TRICKS: Record<string, Trick> = {
  // --- keys
  'a key with a not-shared item': {
    sdl: `type Resident @key(fields: "idNumber annualIncome") { idNumber: String! annualIncome: Int @external ${RISK} }`,
    problems: [INCOME],
  },
  'a second key of the same type': {
    sdl: `type Resident @key(fields: "idNumber") @key(fields: "criminalRecord idNumber") { idNumber: String! criminalRecord: Boolean @external ${RISK} }`,
    problems: ['KEY_NOT_RELEASED Resident Resident.criminalRecord public-security'],
  },
  'a key on an extension of the type': {
    sdl: `type Resident { idNumber: String! annualIncome: Int @external ${RISK} } extend type Resident @key(fields: "idNumber annualIncome")`,
    // The composer then believes that education resolves the income, whatever @external says.
    problems: [INCOME, 'SDL_READ_DIFFERENTLY Resident.annualIncome'],
  },
  'a nested key': {
    sdl: `type Resident @key(fields: "idNumber household { householdNumber }") { idNumber: String! household: Household @external ${RISK} }
          type Household { householdNumber: String! @external }`,
    problems: ['KEY_NOT_RELEASED Resident Resident.household public-security'],
  },
  'a nested key that goes on to another record': {
    sdl: `type Resident @key(fields: "idNumber household { head { annualIncome } }") { idNumber: String! household: Household @external ${RISK} annualIncome: Int @external }
          type Household { head: Resident @external }`,
    problems: [
      'KEY_NOT_RELEASED Resident Household.head public-security',
      INCOME,
      'KEY_NOT_RELEASED Resident Resident.household public-security',
    ],
  },
  'a key behind an inline fragment': {
    sdl: `type Resident @key(fields: "idNumber ... on Resident { annualIncome }") { idNumber: String! annualIncome: Int @external ${RISK} }`,
    problems: [INCOME],
  },
  'a key behind an alias': {
    sdl: `type Resident @key(fields: "idNumber name: annualIncome") { idNumber: String! annualIncome: Int @external ${RISK} }`,
    problems: [INCOME],
  },
  'a key over several lines with commas and a comment': {
    sdl: `type Resident @key(fields: """\n idNumber, # the key\n annualIncome,\n""") { idNumber: String! annualIncome: Int @external ${RISK} }`,
    problems: [INCOME],
  },
  'a renamed key directive': {
    sdl: `${link('{ name: "@key", as: "@primary" }, "@external"')}
          type Resident @primary(fields: "idNumber annualIncome") { idNumber: String! annualIncome: Int @external ${RISK} }`,
    problems: [INCOME],
  },
  'key and external with their names exchanged': {
    sdl: `${link('{ name: "@key", as: "@external" }, { name: "@external", as: "@key" }')}
          type Resident @external(fields: "idNumber annualIncome") { idNumber: String! annualIncome: Int @key ${RISK} }`,
    problems: [INCOME],
  },
  'directives under the namespace of the specification': {
    sdl: `${link('"@shareable"')}
          type Resident @federation__key(fields: "idNumber annualIncome") { idNumber: String! annualIncome: Int @federation__external ${RISK} }`,
    problems: [INCOME],
  },
  'a key whose item the subgraph itself calls an identifier and a basic item': {
    sdl: `type Resident @key(fields: "idNumber annualIncome") { idNumber: String! annualIncome: Int @external @subject(kind: PERSON) @basic ${OPEN} ${RISK} }`,
    problems: ['BASIC_ITEM_RESTRICTED Resident.annualIncome', INCOME],
  },
  'a key of an unconditional item that is not basic': {
    sdl: `type Enterprise @key(fields: "creditCode phone") { creditCode: String! phone: String @external ${RISK} }`,
    problems: ['KEY_NOT_RELEASED Enterprise Enterprise.phone market-supervision'],
  },
  'a key of the interface that stands for all parties': {
    demo: (demo) => {
      const withKey = replace(
        'population',
        'interface Party @share',
        'interface Party @key(fields: "name phone") @share',
      )(demo);
      return replace(
        'population',
        '@share(type: UNCONDITIONAL, basis: ["政务信息资源共享管理暂行办法 第十条"]) @key(fields: "idNumber")',
        '@share(type: UNCONDITIONAL, basis: ["政务信息资源共享管理暂行办法 第十条"]) @key(fields: "idNumber") @key(fields: "name phone")',
      )({
        population: withKey['population']!,
        geography: withKey['geography']!,
      });
    },
    sdl: `type Party @interfaceObject @key(fields: "name phone") { name: String! phone: String @external ${RISK} }`,
    // The composer drops @external there, so that education could serve the number too.
    problems: ['KEY_NOT_RELEASED Party Resident.phone public-security', 'SDL_READ_DIFFERENTLY Party.phone'],
  },

  // --- required inputs
  'a required item that is not shared': {
    sdl: `type Resident @key(fields: "idNumber") { idNumber: String! annualIncome: Int @external risk: String @requires(fields: "annualIncome") ${OPEN} }`,
    problems: ['INPUT_NOT_RELEASED Resident.risk Resident.annualIncome public-security'],
  },
  'a required item that is conditional': {
    sdl: `type Resident @key(fields: "idNumber") { idNumber: String! phone: String @external risk: String @requires(fields: "phone") ${OPEN} }`,
    problems: ['INPUT_NOT_RELEASED Resident.risk Resident.phone public-security'],
  },
  'a required item in braces': {
    sdl: `type Resident @key(fields: "idNumber") { idNumber: String! annualIncome: Int @external risk: String @requires(fields: "{ annualIncome }") ${OPEN} }`,
    problems: ['INPUT_NOT_RELEASED Resident.risk Resident.annualIncome public-security'],
  },
  'a required item behind a fragment': {
    sdl: `type Resident @key(fields: "idNumber") { idNumber: String! annualIncome: Int @external risk: String @requires(fields: "... on Resident { annualIncome }") ${OPEN} }`,
    problems: ['INPUT_NOT_RELEASED Resident.risk Resident.annualIncome public-security'],
  },
  'a required item of a related record': {
    sdl: `type Resident @key(fields: "idNumber") { idNumber: String! household: Household @external risk: String @requires(fields: "household { address }") ${OPEN} }
          type Household { address: String @external }`,
    problems: [
      'INPUT_NOT_RELEASED Resident.risk Household.address public-security',
      'INPUT_NOT_RELEASED Resident.risk Resident.household public-security',
    ],
  },
  'a chain over an item that another subgraph of the same department computes': {
    sdl: `type Resident @key(fields: "idNumber") { idNumber: String! annualIncome: Int @external band: Int @requires(fields: "annualIncome") ${OPEN} }`,
    second: `type Resident @key(fields: "idNumber") { idNumber: String! band: Int @external risk: String @requires(fields: "band") ${OPEN} }`,
    problems: ['INPUT_NOT_RELEASED Resident.band Resident.annualIncome public-security'],
  },
  'a consent that was given to another subgraph for the same coordinate': {
    sdl: `type Resident @key(fields: "idNumber") { idNumber: String! annualIncome: Int @external
            livingAllowanceEligible: Boolean @override(from: "social-security") @requires(fields: "annualIncome") ${OPEN} }`,
    problems: [
      'INPUT_NOT_RELEASED Resident.livingAllowanceEligible Resident.annualIncome public-security',
      'OVERRIDE_NOT_CONSENTED Resident.livingAllowanceEligible Resident.livingAllowanceEligible civil-affairs',
    ],
  },

  // --- speaking in another's place
  'an override under the entry of the police': {
    sdl: `type Resident @key(fields: "idNumber") { idNumber: String! name: String! @override(from: "population") @share(type: UNCONDITIONAL, provider: "public-security") }`,
    problems: [
      'FOREIGN_ITEM Resident.name Resident.name public-security',
      'OVERRIDE_NOT_CONSENTED Resident.name Resident.name public-security',
    ],
  },
  'an override under its own name': {
    sdl: `type Resident @key(fields: "idNumber") { idNumber: String! name: String! @override(from: "population") ${OPEN} }`,
    problems: ['OVERRIDE_NOT_CONSENTED Resident.name Resident.name public-security'],
  },
  'an override of a part of the requests': {
    sdl: `type Resident @key(fields: "idNumber") { idNumber: String! name: String! @override(from: "population", label: "percent(1)") ${OPEN} }`,
    problems: ['OVERRIDE_NOT_CONSENTED Resident.name Resident.name public-security'],
  },
  'an override of an override by a second subgraph': {
    sdl: `type Resident @key(fields: "idNumber") { idNumber: String! name: String! @shareable @override(from: "population") ${OPEN} }`,
    second: `type Resident @key(fields: "idNumber") { idNumber: String! name: String! @shareable @override(from: "education") ${OPEN} }`,
    problems: [
      'OVERRIDE_NOT_CONSENTED Resident.name Resident.name public-security',
      'OVERRIDE_NOT_CONSENTED Resident.name Resident.name public-security',
    ],
  },
  'a renamed override': {
    sdl: `${link('"@key", { name: "@override", as: "@moved" }')}
          type Resident @key(fields: "idNumber") { idNumber: String! name: String! @moved(from: "population") ${OPEN} }`,
    problems: ['OVERRIDE_NOT_CONSENTED Resident.name Resident.name public-security'],
  },
  'an override of a derived item that its owner consented to': {
    sdl: `type Resident @key(fields: "idNumber") { idNumber: String! livingAllowanceEligible: Boolean @override(from: "social-security") ${OPEN} }`,
    problems: [
      'OVERRIDE_NOT_CONSENTED Resident.livingAllowanceEligible Resident.livingAllowanceEligible civil-affairs',
    ],
  },
  'a copy': {
    demo: sharing('name: String! @basic @verifiable(as: NAME) @mask(as: NAME)'),
    sdl: `type Resident @key(fields: "idNumber") { idNumber: String! name: String! @shareable @copyOf(source: "population") ${OPEN} }`,
    problems: ['COPY_NOT_CONSENTED Resident.name Resident.name public-security'],
  },
  'a copy that names no source': {
    demo: sharing('name: String! @basic @verifiable(as: NAME) @mask(as: NAME)'),
    sdl: `type Resident @key(fields: "idNumber") { idNumber: String! name: String! @shareable ${OPEN} }`,
    problems: [
      'COPY_NOT_CONSENTED Resident.name Resident.name education',
      'COPY_NOT_CONSENTED Resident.name Resident.name public-security',
      'SOURCE_NOT_UNIQUE Resident.name',
    ],
  },
  'a copy by a type that is shareable as a whole': {
    demo: sharing('name: String! @basic @verifiable(as: NAME) @mask(as: NAME)'),
    sdl: `type Resident @shareable @key(fields: "idNumber") { idNumber: String! name: String! @copyOf(source: "population") ${OPEN} }`,
    problems: ['COPY_NOT_CONSENTED Resident.name Resident.name public-security'],
  },
  'a copy that calls itself a key': {
    demo: sharing('name: String! @basic @verifiable(as: NAME) @mask(as: NAME)'),
    sdl: `type Resident @key(fields: "idNumber") @key(fields: "name", resolvable: false) { idNumber: String! name: String! ${RISK} }`,
    problems: ['COPY_NOT_CONSENTED Resident.name Resident.name public-security'],
  },
  'a provided item': {
    demo: sharing('name: String! @basic @verifiable(as: NAME) @mask(as: NAME)'),
    sdl: `type Query { pupil: Resident @provides(fields: "name") ${OPEN} }
          type Resident @key(fields: "idNumber") { idNumber: String! name: String! @external }`,
    problems: ['PROVIDES_NOT_CONSENTED Query.pupil Resident.name public-security'],
  },
  'an item provided behind a fragment of an interface': {
    demo: sharing('name: String! @basic @verifiable(as: NAME) @mask(as: NAME)'),
    sdl: `type Query { pupil: Resident @provides(fields: "... on Party { name }") ${OPEN} } interface Party ${OPEN} { name: String! }
          type Resident implements Party @key(fields: "idNumber") { idNumber: String! name: String! @external }`,
    problems: ['PROVIDES_NOT_CONSENTED Query.pupil Resident.name public-security'],
  },
  'the root field through which residents are looked up': {
    sdl: `type Query { resident(idNumber: String!): Resident @override(from: "population") ${OPEN} } type Resident @key(fields: "idNumber", resolvable: false) { idNumber: String! }`,
    problems: ['FOREIGN_ROOT_FIELD Query.resident Query.resident public-security'],
  },
  'the same root field, of a query type with another name': {
    sdl: `schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@override"]) ${SHARE_LINK} { query: Root }
          type Root { resident(idNumber: String!): Resident @override(from: "population") ${OPEN} } type Resident @key(fields: "idNumber", resolvable: false) { idNumber: String! }`,
    problems: ['FOREIGN_ROOT_FIELD Query.resident Query.resident public-security'],
  },
  'the same root field beside that of the police': {
    demo: sharing('resident(idNumber: String! @filters(field: "Resident.idNumber")): Resident'),
    sdl: `type Query { resident(idNumber: String!): Resident @shareable ${OPEN} } type Resident @key(fields: "idNumber", resolvable: false) { idNumber: String! }`,
    problems: [
      'FOREIGN_ROOT_FIELD Query.resident Query.resident education',
      'FOREIGN_ROOT_FIELD Query.resident Query.resident public-security',
    ],
  },
  'a catalogue entry of another department': {
    sdl: `type Resident @key(fields: "idNumber") @resource(code: "301001/000001", name: "学生", provider: "education") { idNumber: String! ${RISK} }`,
    problems: [
      'COPY_NOT_CONSENTED Resident.idNumber Resident.idNumber education',
      'COPY_NOT_CONSENTED Resident.idNumber Resident.idNumber public-security',
      'FOREIGN_ITEM Resident Resident education',
      'FOREIGN_ITEM Resident Resident public-security',
    ],
  },
  'a provider that it is not registered for, wherever one can be named': {
    sdl: `type Pupil @key(fields: "number") @resource(code: "301001/000001", name: "学生", provider: "public-security") @share(type: UNCONDITIONAL, provider: "civil-affairs") {
            number: String! @basic name: String @share(type: UNCONDITIONAL, provider: "market-supervision") }
          enum Grade { FIRST LAST @share(type: CONDITIONAL, provider: "public-security") }
          input PupilFilter { grade: Grade @share(type: CONDITIONAL, provider: "public-security") }
          type Query { pupil(where: PupilFilter, number: String @share(type: CONDITIONAL, provider: "public-security")): Pupil ${OPEN} }`,
    problems: [
      'FOREIGN_ITEM Grade.LAST Grade.LAST public-security',
      'FOREIGN_ITEM Pupil Pupil civil-affairs',
      'FOREIGN_ITEM Pupil Pupil public-security',
      'FOREIGN_ITEM Pupil.name Pupil.name market-supervision',
      'FOREIGN_ITEM PupilFilter.grade PupilFilter.grade public-security',
      'FOREIGN_ITEM Query.pupil(number:) Query.pupil(number:) public-security',
    ],
  },
  'a renamed share directive that names another provider': {
    sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"]) @link(url: "https://sharehub.dev/share/v1.0", import: [{ name: "@share", as: "@open" }])
          type Resident @key(fields: "idNumber") { idNumber: String! risk: String @open(type: UNCONDITIONAL, provider: "public-security") }`,
    problems: ['FOREIGN_ITEM Resident.risk Resident.risk public-security'],
  },
};
