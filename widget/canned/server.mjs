// The website channel in memory, with canned replies, for work on the widget without
// Python ("npm start"). No test uses it, and no patient.
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { cannedReply, titleOf, WELCOME } from './replies.mjs'

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

const conversations = new Map()

const server = createServer(async (request, response) => {
  const path = new URL(request.url, 'http://stub').pathname.replace(MOUNT, '') || '/'
  if (request.method === 'GET' && FILES[path]) return file(response, FILES[path])
  let body = ''
  for await (const chunk of request) body += chunk
  answer(`${request.method} ${path}`, body, request.headers.authorization?.slice(7), response)
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
  const reply = replyOf(cannedReply(said))
  idsOf(reply).forEach((id) => conversation.offered.add(id))
  conversation.turns.push({ from: 'patient', text: said }, turnOf(reply))
  json(response, 200, { replies: [reply] })
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

function json(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}

function problem(response, status) {
  response
    .writeHead(status, { 'Content-Type': 'application/problem+json' })
    .end(JSON.stringify({ type: 'about:blank', status }))
}

const port = Number(process.env.PORT ?? 5099)
server.listen(port, '127.0.0.1', () => console.log(`Demonstration page: http://127.0.0.1:${port}${MOUNT}/`))
