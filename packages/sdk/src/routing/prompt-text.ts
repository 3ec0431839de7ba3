import type { LanguageModelV4Message, LanguageModelV4Prompt } from '@ai-sdk/provider';

type Part = Exclude<LanguageModelV4Message['content'], string>[number];

const toolOutputText = (output: Extract<Part, { type: 'tool-result' }>['output']): string => {
  switch (output.type) {
    case 'text':
    case 'error-text':
      return output.value;
    case 'json':
    case 'error-json':
      return JSON.stringify(output.value);
    case 'content':
      return output.value.map((item) => (item.type === 'text' ? item.text : '')).join('\n');
    case 'execution-denied':
      return output.reason ?? '';
  }
};

const partText = (part: Part): string => {
  switch (part.type) {
    case 'text':
    case 'reasoning':
      return part.text;
    case 'file':
      return part.data.type === 'text' ? part.data.text : '';
    case 'tool-call':
      return typeof part.input === 'string' ? part.input : JSON.stringify(part.input ?? {});
    case 'tool-result':
      return toolOutputText(part.output);
    default:
      return '';
  }
};

const messageText = ({ content }: LanguageModelV4Message): string =>
  typeof content === 'string'
    ? content
    : content
        .map(partText)
        .filter((text) => text !== '')
        .join('\n');

/** All text of a prompt, messages joined by newlines: what the router classifies and estimates tokens from. */
export const promptText = (prompt: LanguageModelV4Prompt): string => prompt.map(messageText).join('\n');
