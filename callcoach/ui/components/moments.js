// Things said about a call, each with the moments that show it as buttons. A button asks the player
// for its clip with the window event "callcoach:play"; a second press stops it. Where corrections are
// possible, keys 1 to 4 on a moment reject it with a reason, and an own score can be given.

const FIRST = 3
const FIRST_JUDGED = 1 // of a behaviour: its surest words; nine of them stand below each other
const OWN_SCORES = [["", "own score…"], ["0", "not met"], ["0.25", "barely met"], ["0.5", "partly met"], ["0.75", "mostly met"], ["1", "fully met"]]

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const drawnBefore = parentElement.callcoach
  if (drawnBefore && drawnBefore.version === data.version) return drawnBefore.leave
  if (drawnBefore) drawnBefore.leave()

  const ask = data.can_correct ? (what) => setTriggerValue("asked", what) : null
  const listening = new AbortController()
  const buttons = new Map()
  const root = node("div", data.id === "advice" ? "cc cc-moments cc-advice-box" : "cc cc-moments")
  data.items.forEach((item, index) => root.append(drawItem(item, index, data, buttons, ask)))
  if (data.copy) {
    const copy = button("cc-button", "Copy as a list", () => copyText(data.copy, copy))
    root.append(copy)
  }
  parentElement.append(root)
  window.addEventListener(
    "callcoach:state",
    ({ detail }) => {
      if (detail.call !== data.call) return
      for (const [id, playButton] of buttons) {
        const playing = detail.playing && detail.moment === id
        playButton.setAttribute("aria-pressed", String(playing))
        playButton.querySelector(".cc-play").textContent = playing ? "■" : "▶"
      }
    },
    { signal: listening.signal },
  )
  const leave = () => {
    listening.abort()
    root.remove()
    parentElement.callcoach = null
  }
  parentElement.callcoach = { version: data.version, leave }
  return leave
}

function drawItem(item, index, data, buttons, ask) {
  const box = node("article", "cc-item-box")
  const head = node("div", "cc-item-head")
  if (item.title) head.append(node("h3", "cc-item-title", item.title))
  if (item.state) {
    const state = node("span", "cc-state", item.state)
    head.append(state)
    if (item.score) head.append(node("span", "cc-score", item.score))
  }
  if (head.childNodes.length) box.append(head)
  if (item.bar) box.append(drawBar(item))
  if (item.text) box.append(node("p", "cc-advice", item.text))
  if (item.reason) box.append(node("p", "cc-quiet", item.reason))
  if (item.machine) box.append(node("p", "cc-quiet cc-small", item.machine))
  const quiet = [item.range, item.weight].filter(Boolean).join(" · ")
  if (quiet) box.append(node("p", "cc-quiet cc-small", quiet))
  const moments = (item.moments || []).map((moment, place) =>
    drawMoment(moment, `${data.id}/${index}/${place}`, data, buttons, item.behaviour && ask, item.behaviour),
  )
  const first = item.behaviour ? FIRST_JUDGED : FIRST
  moments.slice(0, first).forEach((moment) => box.append(moment))
  if (moments.length > first) {
    const more = node("details", "cc-more")
    more.append(node("summary", "", `${moments.length - first} more`))
    moments.slice(first).forEach((moment) => more.append(moment))
    box.append(more)
  }
  if (item.behaviour && item.confirm && ask)
    box.append(button("cc-button", "I have looked: it is so", () => ask({ do: "score", behaviour: item.behaviour, score: 1 })))
  if (item.behaviour && item.own_score && ask) {
    const own = choice(`Own score for ${item.title}`, OWN_SCORES, "cc-own")
    own.addEventListener("change", () => own.value !== "" && ask({ do: "score", behaviour: item.behaviour, score: Number(own.value) }))
    box.append(own)
  }
  return box
}

// Where the score lies between 0 and 1, and between what limits a careful person's would.
function drawBar(item) {
  const [low, score, high] = item.bar
  const bar = node("div", "cc-scorebar")
  bar.setAttribute("role", "img")
  bar.setAttribute("aria-label", `score ${item.score} of 1. ${item.range}`)
  const percent = (share) => `${(share * 100).toFixed(2)}%`
  if (low !== null && high !== null) {
    const range = node("i", "cc-range")
    range.style.left = percent(low)
    range.style.width = percent(high - low)
    bar.append(range)
  }
  const point = node("i", "cc-point")
  point.style.left = percent(score)
  bar.append(point)
  return bar
}

function drawMoment(moment, id, data, buttons, ask, behaviour) {
  const box = node("div", "cc-moment-box")
  const timed = moment.from_s !== null
  const play = button("cc-moment", "", () =>
    window.dispatchEvent(
      new CustomEvent("callcoach:play", {
        detail: { call: data.call, id, turn: moment.turn, from_s: moment.from_s, to_s: moment.to_s },
      }),
    ),
  )
  play.append(node("span", "cc-play", timed && data.can_play ? "▶" : "→"))
  if (timed) play.append(node("span", "cc-at", moment.at))
  play.append(node("span", "cc-who", moment.who))
  if (moment.quote) play.append(node("q", "cc-quote", moment.quote))
  if (timed && data.can_play) play.append(node("span", "cc-small cc-quiet", moment.length))
  if (timed && data.can_play) buttons.set(id, play)
  box.append(play)
  if (ask) {
    const reject = (reason) =>
      ask({ do: "reject", behaviour, turn: moment.turn, quote: moment.quote, start_s: moment.start_s, reason })
    const row = node("div", "cc-reject")
    row.hidden = true
    REASONS.forEach((reason, place) =>
      row.append(button("cc-button", `${place + 1} ${reason}`, () => reject(reason))),
    )
    const toggle = button("cc-not-right", "Not right?", () => {
      row.hidden = !row.hidden
      toggle.setAttribute("aria-expanded", String(!row.hidden))
      if (!row.hidden) row.firstChild.focus()
    })
    toggle.setAttribute("aria-expanded", "false")
    box.addEventListener("keydown", (event) => {
      const reason = !event.ctrlKey && !event.metaKey && !event.altKey && REASONS[Number(event.key) - 1]
      if (!reason) return
      event.preventDefault()
      reject(reason)
    })
    box.append(toggle, row)
  }
  return box
}
