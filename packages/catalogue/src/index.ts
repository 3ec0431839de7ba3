// What models can do: limits, capabilities, retirement dates, and what quality to expect. Facts, no I/O; what models cost
// is the business of @signalbox/prices. Start with catalogue-model.ts; the facts themselves are in models.json, which
// scripts/import-catalogue.ts writes.
export { CATALOGUE } from './catalogue.js';
export type { CatalogueModel, QualityPrior, VendorTier } from './catalogue-model.js';
export { findModel } from './find-model.js';
export { findRetiring, type RetiringTarget } from './find-retiring.js';
export { withCatalogue } from './with-catalogue.js';
