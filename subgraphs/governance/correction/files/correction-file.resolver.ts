import { Arg, Ctx, Field, FieldResolver, InputType, Int, Mutation, Resolver, Root } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { ReadsOf } from '../../../../shared/subgraph/index.js';
import type { FileAnnouncement, GovernanceContext } from '../../core/index.js';
import { Correction } from '../correction.entity.js';
import { maySeeSubject } from '../visible-corrections.js';
import { attachFile } from './attach-file.command.js';
import { CorrectionFile } from './correction-file.entity.js';
import { CorrectionFileResult } from './correction-file-result.type.js';

@InputType({ description: '待提交的证明材料' })
export class CorrectionFileInput implements FileAnnouncement {
  @Field({ description: '文件名' })
  fileName!: string;

  @Field({ description: '文件类型\napplication/pdf, image/jpeg or image/png.' })
  mediaType!: string;

  @Field(() => Int, { description: '大小\nBytes, at most 10,000,000.' })
  bytes!: number;

  @Field({ description: '内容校验值\nSHA-256, 64 hexadecimal digits.' })
  sha256!: string;
}

/** Evidence files of corrections. */
@Resolver(() => Correction)
export class CorrectionFileResolver {
  @FieldResolver(() => [CorrectionFile], {
    description:
      '证明材料\nFor the provider’s administrators, whoever reported, and the authority while it settles a dispute; none for all others.',
  })
  @ReadsOf(Correction, 'id', 'department', 'reporter', 'provider', 'dispatchedAt', 'status')
  async files(@Root() correction: Correction, @Ctx() context: GovernanceContext): Promise<CorrectionFile[]> {
    const { em, fetch } = context;
    const settles = correction.status === 'DISPUTED' && (fetch.roles ?? []).includes('authority');
    if (!settles && !(await maySeeSubject(correction, context))) return [];
    return em.find(CorrectionFile, { correction: correction.id }, { orderBy: { id: 'asc' }, disableIdentityMap: true });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CorrectionFileResult, {
    description:
      '提交证明材料\nPDF, JPEG or PNG. It is uploaded to its address by the tus protocol, and can be fetched there once it was looked at.',
  })
  attachToCorrection(
    @Arg('correction', () => String, { description: '数据纠错编号' }) correction: string,
    @Arg('file', () => CorrectionFileInput) file: CorrectionFileInput,
    @Ctx() context: GovernanceContext,
  ): Promise<CorrectionFileResult> {
    return attachFile(context, correction, file);
  }
}
