/** Version of this package, sent as the version of the instrumentation scope. A test holds it equal to package.json. */
export const VERSION = '0.1.0';
