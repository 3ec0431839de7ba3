import { ChannelCredentials, type ChannelOptions, Client, Metadata, type ServiceError } from '@grpc/grpc-js';
import { exportServiceOf } from '../grpc/export-services.js';
import type { Signal } from '../signal.js';

/** What a call came to. `code` 0 is success. */
export type GrpcReceived = {
  code: number;
  details: string;
  body: Buffer;
  /** The google.rpc.Status of a refusal, where there is one. */
  status: Buffer | null;
};

/** Calls Export of a signal with a message as it is. */
export const exportOverGrpc = async ({
  port,
  signal = 'traces',
  message,
  gzip = false,
  authorization,
  credentials = ChannelCredentials.createInsecure(),
  channel = {},
}: {
  port: number | null;
  signal?: Signal;
  message: Uint8Array;
  gzip?: boolean;
  authorization?: string;
  credentials?: ChannelCredentials;
  channel?: ChannelOptions;
}): Promise<GrpcReceived> => {
  const client = new Client(`127.0.0.1:${port}`, credentials, {
    'grpc.enable_retries': 0,
    ...(gzip && { 'grpc.default_compression_algorithm': 2 }),
    ...channel,
  });
  const metadata = new Metadata();
  if (authorization !== undefined) metadata.set('authorization', authorization);
  const { path, requestSerialize, responseDeserialize } = exportServiceOf(signal).Export;
  try {
    return await new Promise((resolve) => {
      const onAnswer = (error: ServiceError | null, body: Buffer = Buffer.alloc(0)): void => {
        const [status] = error?.metadata?.get('grpc-status-details-bin') ?? [];
        resolve({
          code: error?.code ?? 0,
          details: error?.details ?? '',
          body,
          status: status instanceof Buffer ? status : null,
        });
      };
      client.makeUnaryRequest(path, requestSerialize, responseDeserialize, Buffer.from(message), metadata, onAnswer);
    });
  } finally {
    client.close();
  }
};
