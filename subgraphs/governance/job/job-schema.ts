/** What has been told of everything whose time runs: each stage once for each due date. */
export const JOB_SCHEMA: readonly string[] = [
  `create table job_done (
     subject text not null,
     stage text not null,
     due text not null,
     at timestamptz not null,
     primary key (subject, stage, due)
   )`,
];
