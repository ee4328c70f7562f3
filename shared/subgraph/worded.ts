import { UseMiddleware } from 'type-graphql';
import { textIn, type Text } from '../kernel/index.js';
import type { SubgraphContext } from './context.js';

/** Gives a field of `Text`, or of a list of them, in the language of the caller. Where a sentence is stored or logged
 *  instead, it is stored in English.
 *  @example
 *  ```ts
 *  @Field(() => String, { description: '说明' })
 *  @Worded()
 *  message!: Text;
 *  ``` */
export const Worded = (): MethodDecorator & PropertyDecorator =>
  UseMiddleware(async ({ context }: { context: SubgraphContext }, next) => {
    const { language } = context;
    const value = (await next()) as Text | readonly Text[] | null | undefined;
    if (value == null) return value;
    return value instanceof Array ? value.map((text) => textIn(text, language)) : textIn(value, language);
  });
