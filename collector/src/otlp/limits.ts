/** Arrays and key-value lists inside each other in one attribute value. */
export const MAX_VALUE_DEPTH = 32;

/** Brackets inside each other in a JSON value that is passed over. */
export const MAX_JSON_DEPTH = 256;
