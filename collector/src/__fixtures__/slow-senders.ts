// Opens as many slow connections as it is told, or as the file descriptors allow, and prints how many are open. Each
// sends a byte every ten seconds, for ever: a third in the head of a request, a third in its body, a third over gRPC.
import { connect, type Socket } from 'node:net';

const [count = 0, httpPort = 0, grpcPort = 0] = process.argv.slice(2).map(Number);
const STARTS = [
  { port: httpPort, text: 'POST /v1/traces HTTP/1.1\r\nHost: x\r\nX-Slow: ' },
  {
    port: httpPort,
    text: 'POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{',
  },
  { port: grpcPort, text: 'PRI * HTTP/2.0\r\n\r\nSM' },
];
const BATCH = 250;

const sockets: Socket[] = [];
let isFull = false;

const open = ({ port, text }: { port: number; text: string }): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      sockets.push(socket);
      socket.write(text);
      resolve();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EMFILE') isFull = true;
      resolve();
    });
    socket.resume();
  });

while (sockets.length < count && !isFull) {
  const batch = Math.min(BATCH, count - sockets.length);
  const starts = Array.from({ length: batch }, (_, index) => STARTS[(sockets.length + index) % STARTS.length]);
  await Promise.all(starts.map((start) => start && open(start)));
}
setInterval(() => {
  for (const socket of sockets) socket.write('x');
}, 10_000);
process.stdout.write(`${sockets.length}\n`);
