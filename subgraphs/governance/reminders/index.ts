export { reminders } from './module.js';
export { Jobs } from './job/jobs.js';
export { NOTIFICATION_TEMPLATES } from './notice/notification-templates.rule.js';
export { WATCHED_ACTS } from './notice/watched-notices.rule.js';
