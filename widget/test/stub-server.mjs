// The website channel in memory, with canned replies and faults. For development and
// for the tests that need faults; never for patients.
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { cannedReply, titleOf, WELCOME } from './canned.mjs'

const ROOT = new URL('../', import.meta.url)
const MOUNT = '/webhooks/website'
const TYPES = { html: 'text/html', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' }
const FILES = {
  '/': 'demo/index.html',
  '/index.html': 'demo/index.html',
  '/demo.css': 'demo/demo.css',
  '/fetch-client.html': 'demo/fetch-client.html',
  '/fetch-client.js': 'demo/fetch-client.js',
  '/widget.js': 'dist/widget.js',
}

/**
 * @param port 0 takes a free one.
 * @param pages HTML of further pages by their path, each with its policy.
 * @returns `base` address of the channel; `faults` to set: `delay` in ms, `status` and
 *   `headers` of an answer in place of the right one, `drop` the connection, `reply` to
 *   give instead, `only` the methods and paths concerned; `calls` so far; `close()`.
 */
export async function startStub({ port = 0, conversations = new Map(), pages = {} } = {}) {
  const faults = {}
  const calls = []

  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://stub').pathname.replace(MOUNT, '') || '/'
    const call = `${request.method} ${path}`
    for (const [name, value] of Object.entries(CORS)) response.setHeader(name, value)
    if (request.method === 'OPTIONS') return response.writeHead(204).end()
    if (request.method === 'GET' && FILES[path]) return file(response, FILES[path])
    if (pages[path]) return page(response, pages[path])
    let body = ''
    for await (const chunk of request) body += chunk
    calls.push({ call, body })
    if (!faults.only || faults.only.test(call)) {
      const { delay, status, headers, drop } = { ...faults }
      if (delay) await new Promise((done) => setTimeout(done, delay))
      if (drop) return request.socket.destroy()
      if (status) return problem(response, status, headers)
    }
    if (!/^\/(conversations|messages|feedback)$/.test(path)) return problem(response, 404)
    answer(call, body, request.headers.authorization?.slice(7), response)
  })

  function answer(call, body, token, response) {
    if (call === 'POST /conversations') {
      const fresh = randomUUID()
      const welcome = replyOf(WELCOME)
      conversations.set(fresh, { turns: [turnOf(welcome)], offered: new Set(idsOf(welcome)) })
      return json(response, 201, { token: fresh, expires_in: 3600, welcome: [welcome] })
    }
    const conversation = conversations.get(token)
    if (!conversation) return problem(response, 401)
    if (call === 'GET /messages') return json(response, 200, { turns: conversation.turns })
    if (call === 'DELETE /conversations') {
      conversations.delete(token)
      return response.writeHead(204).end()
    }
    if (call === 'POST /feedback') return response.writeHead(204).end()
    if (call !== 'POST /messages') return problem(response, 405)
    const { text, choice } = JSON.parse(body)
    if (choice && !conversation.offered.has(choice)) return problem(response, 400)
    const said = choice ? titleOf(choice) : text
    const reply = replyOf(faults.reply ?? cannedReply(said))
    idsOf(reply).forEach((id) => conversation.offered.add(id))
    conversation.turns.push({ from: 'patient', text: said }, turnOf(reply))
    json(response, 200, { replies: [reply] })
  }

  await new Promise((done) => server.listen(port, '127.0.0.1', done))
  const origin = `http://127.0.0.1:${server.address().port}`
  return {
    origin,
    base: `${origin}${MOUNT}`,
    faults,
    calls,
    conversations,
    close: () =>
      new Promise((done) => {
        server.close(done)
        server.closeAllConnections()
      }),
  }
}

const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type',
  'Access-Control-Allow-Methods': 'GET, POST, DELETE',
  // Without this line a page of another origin cannot read how long to wait.
  'Access-Control-Expose-Headers': 'Retry-After',
}

const replyOf = (canned) => ({ facts: [], suggestions: [], ...canned, id: randomUUID() })
const turnOf = (reply) => ({ from: 'assistant', ...reply })
const idsOf = ({ suggestions }) => (Array.isArray(suggestions) ? suggestions.map((s) => s?.id) : [])

async function file(response, name) {
  const type = TYPES[name.split('.').pop()]
  const bytes = await readFile(new URL(name, ROOT)).catch(() => null)
  if (!bytes) return problem(response, 404)
  response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8` }).end(bytes)
}

function page(response, { html, policy }) {
  response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': policy }).end(html)
}

function json(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}

function problem(response, status, headers = {}) {
  response
    .writeHead(status, { 'Content-Type': 'application/problem+json', ...headers })
    .end(JSON.stringify({ type: 'about:blank', status }))
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { base } = await startStub({ port: Number(process.env.PORT ?? 5099) })
  console.log(`Demonstration page: ${base}/`)
}
