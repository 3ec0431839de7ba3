/**
 * A text in lower case, as long as it was, so that positions mean the same in both. Of all letters only the dotted
 * capital I of Turkish becomes longer: it is taken as a plain i.
 */
export const toLowerCase = (text: string): string => {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replaceAll('İ', 'i').toLowerCase();
};
