// Things said about a call, each with the moments that show it as buttons. A button asks the player
// for its clip with the window event "callcoach:play"; a second press stops it.

const FIRST = 3

const node = (name, className, text) => {
  const made = document.createElement(name)
  if (className) made.className = className
  if (text) made.textContent = text
  return made
}

export default function (component) {
  const { data, parentElement } = component
  const drawnBefore = parentElement.callcoach
  if (drawnBefore && drawnBefore.version === data.version) return drawnBefore.leave
  if (drawnBefore) drawnBefore.leave()

  const listening = new AbortController()
  const buttons = new Map()
  const root = node("div", "cc cc-moments")
  data.items.forEach((item, index) => root.append(drawItem(item, index, data, buttons)))
  parentElement.append(root)
  window.addEventListener(
    "callcoach:state",
    ({ detail }) => {
      if (detail.call !== data.call) return
      for (const [id, button] of buttons) {
        const playing = detail.playing && detail.moment === id
        button.setAttribute("aria-pressed", String(playing))
        button.querySelector(".cc-play").textContent = playing ? "■" : "▶"
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

function drawItem(item, index, data, buttons) {
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
  const quiet = [item.range, item.weight].filter(Boolean).join(" · ")
  if (quiet) box.append(node("p", "cc-quiet cc-small", quiet))
  const moments = (item.moments || []).map((moment, place) =>
    drawMoment(moment, `${data.id}/${index}/${place}`, data, buttons),
  )
  moments.slice(0, FIRST).forEach((moment) => box.append(moment))
  if (moments.length > FIRST) {
    const more = node("details", "cc-more")
    more.append(node("summary", "", `${moments.length - FIRST} more`))
    moments.slice(FIRST).forEach((moment) => more.append(moment))
    box.append(more)
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

function drawMoment(moment, id, data, buttons) {
  const button = node("button", "cc-moment")
  button.type = "button"
  const timed = moment.from_s !== null
  button.append(node("span", "cc-play", timed && data.can_play ? "▶" : "→"))
  if (timed) button.append(node("span", "cc-at", moment.at))
  button.append(node("span", "cc-who", moment.who))
  if (moment.quote) button.append(node("q", "cc-quote", moment.quote))
  if (timed && data.can_play) button.append(node("span", "cc-small cc-quiet", moment.length))
  button.addEventListener("click", () =>
    window.dispatchEvent(
      new CustomEvent("callcoach:play", {
        detail: { call: data.call, id, turn: moment.turn, from_s: moment.from_s, to_s: moment.to_s },
      }),
    ),
  )
  if (timed && data.can_play) buttons.set(id, button)
  return button
}
