export { reminders } from './module.js';
export { Jobs } from './job/jobs.js';
export { recordBeat } from './job/record-beat.js';
export { NOTIFICATION_TEMPLATES } from './notice/notification-templates.rule.js';
export { DEADLINE_ACTS } from './notice/deadline-notices.rule.js';
export { deliverMessages } from './message/deliver-messages.js';
export { openMailer } from './message/mailer.js';
