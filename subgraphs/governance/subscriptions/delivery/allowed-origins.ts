import { readListedOrigins } from '../../../../shared/config/listed-origins.js';

/** Reads the origins that webhooks may have from the operator's list.
 *  @param list  comma separated; empty for none
 *  @throws HubError CONFIG_INVALID */
export const allowedOrigins = (list: string): ReadonlySet<string> => readListedOrigins('PUSH_HOSTS', list);
