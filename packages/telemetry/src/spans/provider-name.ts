// Well-known values of `gen_ai.provider.name` for the keys that people give to providers in their configuration.
const WELL_KNOWN: Readonly<Record<string, string>> = {
  'amazon-bedrock': 'aws.bedrock',
  'aws-bedrock': 'aws.bedrock',
  azure: 'azure.ai.openai',
  'azure-ai': 'azure.ai.inference',
  'azure-openai': 'azure.ai.openai',
  bedrock: 'aws.bedrock',
  gemini: 'gcp.gemini',
  google: 'gcp.gemini',
  'google-vertex': 'gcp.vertex_ai',
  grok: 'x_ai',
  ibm: 'ibm.watsonx.ai',
  mistral: 'mistral_ai',
  moonshot: 'moonshot_ai',
  moonshotai: 'moonshot_ai',
  vertex: 'gcp.vertex_ai',
  watsonx: 'ibm.watsonx.ai',
  'x-ai': 'x_ai',
  xai: 'x_ai',
};

/**
 * `gen_ai.provider.name` for a provider of the configuration: the well-known name where there is one, else the key
 * itself (`openai`, `anthropic`, `groq`, ... are well-known as they are; custom names are allowed).
 */
export const toProviderName = (provider: string): string =>
  Object.hasOwn(WELL_KNOWN, provider) ? (WELL_KNOWN[provider] ?? provider) : provider;
