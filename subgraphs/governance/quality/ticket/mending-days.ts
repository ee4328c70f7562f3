/** Working days in which a fault is mended. Our own; no text of law names a number. */
export const MENDING_DAYS = 10;
