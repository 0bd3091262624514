// The website channel in one page of code: start a conversation, ask, show, forget.
const CHANNEL = '/webhooks/website'
let token = ''

async function call(method, path, body) {
  const response = await fetch(`${CHANNEL}/${path}`, {
    method,
    headers: {
      'Content-Type': 'application/json',
      ...(token && { Authorization: `Bearer ${token}` }),
    },
    body: body && JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`The server answered ${response.status}.`)
  return response.status === 204 ? null : response.json()
}

async function ask(text) {
  if (!token) ({ token } = await call('POST', 'conversations', {}))
  const { replies } = await call('POST', 'messages', { text })
  replies.forEach(show)
}

/** textContent, never innerHTML: what a patient or a server writes stays text. */
function add(tag, text) {
  const element = document.createElement(tag)
  element.textContent = text
  document.getElementById('turns').append(element)
}

/** The disclaimer belongs to the answer: a client that leaves it out breaks the promise. */
function show({ text, facts, disclaimer }) {
  text.split('\n').forEach((line) => add('p', line))
  for (const { sources, reviewed_on } of facts) {
    for (const { title, section } of sources) {
      add('p', `Source: ${title}, “${section}”, reviewed ${reviewed_on}`)
    }
  }
  const note = document.createElement('small')
  note.textContent = disclaimer
  document.getElementById('turns').append(note)
}

document.getElementById('ask').addEventListener('submit', async (event) => {
  event.preventDefault()
  const input = document.getElementById('question')
  const trouble = document.getElementById('trouble')
  const text = input.value.trim()
  if (!text) return
  trouble.textContent = ''
  try {
    add('h2', text)
    await ask(text)
    input.value = ''
  } catch (error) {
    trouble.textContent = `${error.message} Your question is kept; press Send to try again.`
  }
})

// The conversation ends with the page: nothing of it stays on the server.
addEventListener('pagehide', () => {
  if (!token) return
  fetch(`${CHANNEL}/conversations`, {
    method: 'DELETE',
    headers: { Authorization: `Bearer ${token}` },
    keepalive: true,
  })
})
