/** Hex digits of a trace id. */
export const TRACE_ID_DIGITS = 32;
/** Hex digits of a span id. */
export const SPAN_ID_DIGITS = 16;

const isHexOf = (digits: number, id: string): boolean => id.length === digits && /^[0-9a-f]+$/.test(id);

const isZero = (id: string): boolean => /^0*$/.test(id);

/** What is wrong with an id that must be there; `null` when nothing is. */
export const requiredIdFault = (name: string, id: string, digits: number): string | null => {
  if (!isHexOf(digits, id)) return `${name} is not ${digits / 2} bytes`;
  return isZero(id) ? `${name} is all zeroes` : null;
};

/** What is wrong with an id that may be empty or all zeroes; `null` when nothing is. */
export const optionalIdFault = (name: string, id: string, digits: number): string | null =>
  id === '' || isHexOf(digits, id) ? null : `${name} is not ${digits / 2} bytes`;

/** The id, or '' where it is absent, all zeroes or of the wrong length: OTLP then takes it as not sent. */
export const idOrEmpty = (id: string, digits: number): string =>
  isHexOf(digits, id) && !isZero(id) ? id : '';
