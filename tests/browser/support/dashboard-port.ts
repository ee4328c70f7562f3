/** Port of the dashboard of the examples: its origin is on the hub's list before the hub starts. */
export const DASHBOARD_PORT = 4790;
