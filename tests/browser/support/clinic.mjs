import { createServer } from 'node:http'
import { BASE, ORIGIN } from './browser.mjs'

const HTML = `<!doctype html><html lang="en"><title>Clinic</title><main><h1>Clinic</h1></main><script src="${BASE}/widget.js" defer></script></html>`
const POLICY = `default-src 'none'; script-src ${ORIGIN}; connect-src ${ORIGIN}; style-src 'self'`

/**
 * A clinic's website: one page with the one line, under a strict policy.
 *
 * @returns its address at the origin that the server allows, and at one that it does not.
 */
export async function startClinic() {
  const server = createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': POLICY }).end(HTML)
  })
  const { port, href } = new URL(process.env.CLINIC_URL)
  await new Promise((done) => server.listen(Number(port), '127.0.0.1', done))
  return {
    allowed: href,
    stranger: href.replace('127.0.0.1', 'localhost'),
    close: () => (server.closeAllConnections(), new Promise((done) => server.close(done))),
  }
}
