import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import type { GovernanceContext } from '../../core/index.js';
import { CatalogueFileFormat, CsvEncoding } from './bulk-enums.js';
import { CatalogueFile } from './catalogue-file.type.js';
import { CatalogueImportResult } from './catalogue-import.type.js';
import { exportCatalogue } from './export-catalogue.js';
import { importCatalogue } from './import-catalogue.command.js';

/** A department's catalogue as a file, and back. @source 政务信息资源目录编制指南(试行); CZ-7a, HZ-4.2b, QZ-4.2a */
@Resolver()
export class BulkResolver {
  @Share('UNCONDITIONAL')
  @Query(() => CatalogueFile, {
    nullable: true,
    description:
      '导出目录\nOf one department, as far as the caller sees it: the revision that is worked on, else the one in force.',
  })
  catalogueFile(
    @Filters('CatalogueResource.provider')
    @Arg('provider', () => String)
    provider: string,
    @Arg('format', () => CatalogueFileFormat) format: CatalogueFileFormat,
    @Arg('encoding', () => CsvEncoding, { defaultValue: 'UTF_8', description: 'CSV 编码' }) encoding: CsvEncoding,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueFile> {
    return exportCatalogue(context, provider, format, encoding);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CatalogueImportResult, {
    description:
      '导入目录\nEntries of the caller’s department from a CSV or XLSX file, as drafts and new revisions: all of it, or nothing where anything is wrong with it.',
  })
  importCatalogue(
    @Arg('content', () => String, { description: '文件内容\nBase64; at most 2,000,000 bytes and 10,000 rows.' })
    content: string,
    @Arg('dryRun', () => Boolean, { description: '是否试运行\nTells what the import would do; nothing is taken in.' })
    dryRun: boolean,
    @Arg('plan', () => String, { nullable: true, description: '方案\nOf a dry run.' })
    plan: string | null | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueImportResult> {
    return importCatalogue(context, { content, dryRun, plan: plan ?? undefined });
  }
}
