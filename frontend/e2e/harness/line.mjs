// A telephone line that can be cut: an HTTP proxy between one browser and the server. Cutting it ends every connection,
// the socket's too, and takes no new ones, as a phone in a lift.
import { createServer, request } from 'node:http'
import { connect } from 'node:net'

/** @returns {Promise<{address: string, cut: () => void, mend: () => void, close: () => Promise<void>}>} */
export async function layLine() {
  const open = new Set()
  let whole = true
  const server = createServer((asked, answer) => forward(asked, answer))
  server.on('connect', (asked, near, head) => tunnel(asked, near, head, open))
  server.on('upgrade', (asked, near) => near.destroy())
  server.on('connection', (near) => {
    near.on('error', () => near.destroy())
    if (!whole) near.destroy()
    else keep(open, near)
  })
  await new Promise((done) => { server.listen(0, '127.0.0.1', done) })
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    cut() {
      whole = false
      for (const one of open) one.destroy()
    },
    mend() { whole = true },
    close() {
      for (const one of open) one.destroy()
      return new Promise((done) => { server.close(() => done()) })
    },
  }
}

function keep(open, end) {
  open.add(end)
  end.once('close', () => open.delete(end))
}

function forward(asked, answer) {
  const far = request(asked.url, { method: asked.method, headers: asked.headers }, (reply) => {
    answer.writeHead(reply.statusCode ?? 502, reply.rawHeaders)
    reply.pipe(answer)
  })
  far.on('error', () => answer.destroy())
  answer.on('close', () => far.destroy())
  asked.pipe(far)
}

function tunnel(asked, near, head, open) {
  const { hostname, port } = new URL(`http://${asked.url}`)
  const far = connect(Number(port), hostname, () => {
    near.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    far.write(head)
    far.pipe(near).pipe(far)
  })
  keep(open, far)
  far.on('error', () => near.destroy())
  near.on('close', () => far.destroy())
  far.on('close', () => near.destroy())
}
