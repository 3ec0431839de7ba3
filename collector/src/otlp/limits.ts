/** Nested messages, values and attributes that one request may have: about 40,000 spans of 24 attributes. */
export const MAX_ELEMENTS = 1_000_000;

/** Arrays and key-value lists inside each other in one attribute value. */
export const MAX_VALUE_DEPTH = 32;

/** Brackets inside each other in a JSON body: what an attribute value of the greatest depth needs, with room to spare. */
export const MAX_JSON_DEPTH = 256;

/** Brackets and commas in a JSON body. An attribute has four. */
export const MAX_JSON_TOKENS = 4 * MAX_ELEMENTS;
