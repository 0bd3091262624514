// The website channel in one page of code: start a conversation, ask, show, forget.
const CHANNEL = '/webhooks/website'
const ALARMS = ['emergency', 'urgent', 'crisis']
const [turns, trouble, input] = ['turns', 'trouble', 'question'].map((id) => document.getElementById(id))
let token = ''
let waiting = false

async function post(path, body) {
  const response = await fetch(`${CHANNEL}/${path}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(token && { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  })
  if (response.ok) return response.json()
  if (response.status === 401) token = ''
  const wait = response.headers.get('Retry-After')
  throw new Error(wait ? `please wait ${wait} seconds` : `the server answered ${response.status}`)
}

/** Asks; where the server has forgotten the conversation, in a new one. */
async function ask({ text, choice }) {
  const known = token
  if (!known) {
    const started = await post('conversations', {})
    token = started.token
    started.welcome.forEach(show)
  }
  try {
    // A suggestion goes by its id. A conversation that has just begun was not offered it.
    return (await post('messages', known && choice ? { choice } : { text })).replies
  } catch (error) {
    if (!known || token) throw error
    return ask({ text })
  }
}

/** One question at a time; one that fails goes back to its box. */
async function tell(question) {
  if (waiting || !question.text) return
  waiting = true
  trouble.textContent = ''
  turns.querySelectorAll('button').forEach((old) => old.remove())
  if (!question.choice) input.value = ''
  input.focus()
  try {
    const replies = await ask(question)
    add('h2', question.text)
    replies.forEach(show)
  } catch (error) {
    input.value ||= question.text
    trouble.textContent = `No answer came: ${error.message}. Your question is kept; press Send to try again.`
  } finally {
    waiting = false
  }
}

/** textContent, never innerHTML: what a patient or a server writes stays text. */
function add(tag, text) {
  const element = document.createElement(tag)
  element.textContent = text
  turns.append(element)
  return element
}

/** The disclaimer belongs to the answer: a client that leaves it out breaks the promise. */
function show({ kind, in_doubt, text, phone, facts, disclaimer, suggestions }) {
  for (const line of text.split('\n')) add('p', line).classList.toggle('alarm', ALARMS.includes(kind) && !in_doubt)
  if (phone) add('a', `Call ${phone}`).href = `tel:${phone.replace(/[^\d+]/g, '')}`
  for (const { sources, reviewed_on } of facts) {
    for (const { title, section } of sources) {
      add('p', `Source: ${title}, “${section}”, reviewed ${reviewed_on}`)
    }
  }
  add('p', disclaimer).className = 'small'
  for (const { id, title } of suggestions) {
    add('button', title).addEventListener('click', () => tell({ text: title, choice: id }))
  }
}

document.getElementById('ask').addEventListener('submit', (event) => {
  event.preventDefault()
  tell({ text: input.value.trim() })
})

// The conversation ends with the page: nothing of it stays on the server. A page that
// comes back (the browser's Back button) begins a new one.
addEventListener('pagehide', () => {
  if (!token) return
  fetch(`${CHANNEL}/conversations`, {
    method: 'DELETE',
    headers: { Authorization: `Bearer ${token}` },
    keepalive: true,
  })
  token = ''
})
