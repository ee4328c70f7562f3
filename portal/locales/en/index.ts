import app from './app.js';
import application from './application.js';
import audit from './audit.js';
import catalogue from './catalogue.js';
import check from './check.js';
import correction from './correction.js';
import enums from './enums.generated.js';
import govern from './govern.js';
import grant from './grant.js';
import operate from './operate.js';
import provide from './provide.js';
import tryWords from './try.js';
import work from './work.js';

/** Words by feature. */
export default {
  app,
  application,
  audit,
  catalogue,
  check,
  correction,
  enums,
  govern,
  grant,
  operate,
  provide,
  try: tryWords,
  work,
};
