// The recording, who spoke when, and the lines of a call. Clicking a line seeks the recording here in
// the browser; nothing runs again on the server. Other components ask for a moment with the window
// event "callcoach:play" and hear what plays through "callcoach:state".

const SVG = "http://www.w3.org/2000/svg"
const LANE_PX = 26
const STEP_S = 5
const LINES_DRAWN = 1000
const LEAVE_ALONE_MS = 4000

const node = (name, className, text) => {
  const made = document.createElement(name)
  if (className) made.className = className
  if (text) made.textContent = text
  return made
}

const drawn = (name, attributes) => {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}

const clock = (time_s) => {
  const whole = Math.floor(time_s)
  const two = (n) => String(n).padStart(2, "0")
  const hours = Math.floor(whole / 3600)
  const rest = `${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`
  return hours ? `${hours}:${rest}` : rest
}

export default function (component) {
  const { data, parentElement } = component
  const drawnBefore = parentElement.callcoach
  if (drawnBefore && drawnBefore.version === data.version) return drawnBefore.leave
  if (drawnBefore) drawnBefore.leave()
  const player = build(data, parentElement)
  parentElement.callcoach = player
  return player.leave
}

function build(data, parent) {
  const listening = new AbortController()
  const on = (target, name, act, options = {}) =>
    target.addEventListener(name, act, { ...options, signal: listening.signal })
  const root = node("section", "cc cc-player")
  root.setAttribute("aria-label", "Recording and transcript")
  parent.querySelectorAll(".cc-player").forEach((old) => old.remove())
  parent.append(root)

  const audio = data.address ? node("audio", "cc-audio") : null
  const note = node("p", "cc-note", data.media_note)
  note.setAttribute("role", "status")
  note.hidden = !data.media_note
  if (audio) {
    audio.controls = true
    audio.preload = "metadata"
    audio.src = data.address
    audio.setAttribute("aria-label", "Recording of this call")
    const bar = node("div", "cc-bar")
    bar.append(audio)
    root.append(bar)
    on(audio, "error", () => {
      note.textContent =
        "This browser cannot play this recording. Its format may be unknown here; everything else is below."
      note.hidden = false
    })
  }
  root.append(note)

  // A moment plays from `from_s` and stops by itself at `to_s`; a line plays on.
  let moment = null
  const say = () =>
    window.dispatchEvent(
      new CustomEvent("callcoach:state", {
        detail: { call: data.call, moment: moment && moment.id, playing: Boolean(audio) && !audio.paused },
      }),
    )
  const seek = (time_s, { play = true, asked = null } = {}) => {
    moment = asked
    if (!audio) return
    audio.currentTime = Math.max(0, time_s)
    if (play) audio.play().catch(() => {})
    say()
  }

  const timeline = data.duration_s ? drawTimeline(data, seek, on) : null
  if (timeline) root.append(timeline.element)
  const lines = drawLines(data, seek, on, Boolean(audio))
  root.append(lines.element)

  const follow = () => {
    const time_s = audio.currentTime
    if (moment && time_s >= moment.to_s) {
      moment = null
      audio.pause()
    }
    timeline?.at(time_s)
    lines.at(time_s)
  }
  if (audio) {
    for (const name of ["timeupdate", "seeked"]) on(audio, name, follow)
    for (const name of ["play", "pause", "ended"]) on(audio, name, say)
    if (data.start_s !== null) {
      const toStart = () => seek(data.start_s, { play: false })
      audio.readyState ? toStart() : on(audio, "loadedmetadata", toStart, { once: true })
    }
  }
  if (data.start_s !== null) {
    timeline?.at(data.start_s)
    lines.at(data.start_s)
  }

  on(window, "callcoach:play", ({ detail }) => {
    if (detail.call !== data.call) return
    if (moment && moment.id === detail.id && audio && !audio.paused) {
      audio.pause()
      return
    }
    if (detail.from_s === null || !audio) lines.show(detail.turn)
    else seek(detail.from_s, { asked: detail })
  })
  on(document, "keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    const here = root.contains(event.target) && event.target !== audio
    if (!(here || event.target === document.body)) return
    const inButton = event.target instanceof HTMLElement && event.target.closest("button, input, a")
    if (event.key === " " && audio && !(inButton && !inButton.classList.contains("cc-line"))) {
      audio.paused ? audio.play().catch(() => {}) : audio.pause()
    } else if (event.key === "ArrowLeft" && audio) seek(audio.currentTime - STEP_S, { play: !audio.paused })
    else if (event.key === "ArrowRight" && audio) seek(audio.currentTime + STEP_S, { play: !audio.paused })
    else if (here && event.key === "ArrowDown") lines.step(1)
    else if (here && event.key === "ArrowUp") lines.step(-1)
    else return
    event.preventDefault()
  })

  const leave = () => {
    listening.abort()
    audio?.pause()
    root.remove()
    parent.callcoach = null
  }
  return { version: data.version, leave }
}

// Lanes of speech with the marks of evidence; a click plays from there.
function drawTimeline(data, seek, on) {
  const box = node("div", "cc-timeline")
  const height = LANE_PX * data.speakers.length
  const names = node("div", "cc-lane-names")
  for (const speaker of data.speakers) {
    const name = node("div", "cc-lane-name")
    name.style.height = `${LANE_PX}px`
    name.append(node("i", speaker.ours ? "cc-key cc-ours" : "cc-key"), node("span", "", speaker.name))
    name.title = `${speaker.name}: ${speaker.side}${speaker.spoke ? `, spoke ${speaker.spoke}` : ""}`
    names.append(name)
  }
  const svg = drawn("svg", {
    viewBox: `0 0 1000 ${height}`,
    preserveAspectRatio: "none",
    height,
    role: "img",
    "aria-label": `Who spoke when: ${data.speakers
      .map((s) => `${s.name} ${s.spoke || "for an unknown time"}`)
      .join(", ")}. ${data.marks.length} marks of evidence.`,
  })
  data.speakers.forEach((speaker, lane) => {
    const y = lane * LANE_PX
    svg.append(drawn("line", { x1: 0, x2: 1000, y1: y + 17, y2: y + 17, class: "cc-lane" }))
    for (const [start, width] of speaker.bars) {
      svg.append(
        drawn("rect", {
          x: start * 1000,
          width: Math.max(0.8, width * 1000),
          y: speaker.ours ? y + 10 : y + 13,
          height: speaker.ours ? 14 : 8,
          class: speaker.ours ? "cc-ours" : "cc-theirs",
        }),
      )
    }
  })
  const head = drawn("line", { x1: 0, x2: 0, y1: 0, y2: height, class: "cc-head" })
  svg.append(head)
  const area = node("div", "cc-lanes")
  area.append(svg)
  for (const mark of data.marks) {
    const flag = node("button", "cc-mark", "▾")
    flag.type = "button"
    flag.title = mark.title
    flag.setAttribute("aria-label", mark.title)
    flag.tabIndex = -1 // the same moments stand as buttons beside the behaviours
    flag.style.left = `${mark.at * 100}%`
    flag.style.top = `${mark.who * LANE_PX - 8}px`
    on(flag, "click", () => seek(mark.start_s))
    area.append(flag)
  }
  on(svg, "click", (event) => {
    const place = svg.getBoundingClientRect()
    seek(((event.clientX - place.left) / place.width) * data.duration_s)
  })
  const scale = node("div", "cc-scale")
  scale.append(node("span", "", "00:00"))
  if (data.marks.length) scale.append(node("span", "", "▾ evidence"))
  scale.append(node("span", "", clock(data.duration_s)))
  area.append(scale)
  box.append(names, area)
  const at = (time_s) => {
    const x = Math.min(1000, (time_s / data.duration_s) * 1000)
    head.setAttribute("x1", x)
    head.setAttribute("x2", x)
  }
  return { element: box, at }
}

// The transcript: one button a line, of which one can be reached with the Tab key and the rest with arrows.
function drawLines(data, seek, on, canPlay) {
  const box = node("div", "cc-transcript")
  if (!data.lines.length) {
    box.append(node("p", "cc-note", data.no_lines))
    return { element: box, at() {}, show() {}, step() {} }
  }
  const top = node("div", "cc-transcript-top")
  const follow = node("input")
  const label = node("label", "cc-follow")
  follow.type = "checkbox"
  follow.checked = true
  label.append(follow, " follow while playing")
  top.append(node("h2", "cc-heading", "Transcript"), canPlay ? label : "")
  const list = node("ol", "cc-lines")
  const earlier = node("button", "cc-shift", "Earlier lines")
  const later = node("button", "cc-shift", "Later lines")
  for (const button of [earlier, later]) button.type = "button"
  box.append(top, earlier, list, later)

  // A long call is drawn in part: the lines around where one is.
  let rows = []
  let from = 0
  const drawAround = (index) => {
    from = Math.max(0, Math.min(index - (LINES_DRAWN >> 1), data.lines.length - LINES_DRAWN))
    const shown = data.lines.slice(from, from + LINES_DRAWN)
    rows = shown.map(drawLine)
    list.replaceChildren(...rows.map((row) => row.parentElement))
    list.start = from + 1
    earlier.hidden = from === 0
    later.hidden = from + LINES_DRAWN >= data.lines.length
    rowOf(reached)?.setAttribute("tabindex", "0")
    rowOf(now)?.setAttribute("aria-current", "true")
  }
  const rowOf = (index) => rows[index - from]
  const rowAt = (index) => {
    if (!rowOf(index)) drawAround(index)
    return rowOf(index)
  }
  const drawLine = (line, place) => {
    const speaker = data.speakers[line.who]
    const item = node("li", speaker.ours ? "cc-item cc-ours" : "cc-item")
    const row = node("button", "cc-line")
    row.type = "button"
    row.tabIndex = -1
    row.dataset.index = from + place
    row.append(node("span", "cc-who", speaker.name), node("span", "cc-at", line.at))
    row.append(node("span", "cc-text", line.text))
    if (line.start_s === null || !canPlay) row.classList.add("cc-silent")
    item.append(row)
    return row
  }
  on(list, "click", (event) => {
    const row = event.target.closest(".cc-line")
    if (!row) return
    const index = Number(row.dataset.index)
    choose(index)
    if (data.lines[index].start_s !== null) seek(data.lines[index].start_s)
    highlight(index)
  })
  on(earlier, "click", () => turnTo(from))
  on(later, "click", () => turnTo(from + rows.length - 1))
  const turnTo = (index) => {
    drawAround(index)
    leaveAlone()
    scrollTo(rowOf(index))
    rowOf(index).focus({ preventScroll: true })
    choose(index)
  }

  let now = -1
  let reached = 0
  const choose = (index) => {
    const row = rowAt(index)
    rowOf(reached)?.setAttribute("tabindex", "-1")
    reached = index
    row.tabIndex = 0
  }
  // Whoever scrolls by hand is left alone for a while.
  let leftAloneUntil = 0
  const leaveAlone = () => (leftAloneUntil = Date.now() + LEAVE_ALONE_MS)
  for (const name of ["wheel", "touchmove"]) on(list, name, leaveAlone, { passive: true })
  const scrollTo = (row) => {
    const item = row.parentElement
    const place = item.offsetTop - list.offsetTop
    if (place < list.scrollTop || place + item.offsetHeight > list.scrollTop + list.clientHeight)
      list.scrollTop = place - list.clientHeight / 3
  }
  const highlight = (index) => {
    if (index === now) return
    rowOf(now)?.removeAttribute("aria-current")
    rowOf(index)?.setAttribute("aria-current", "true")
    now = index
  }
  const starts = data.lines.map((line, index) => [line.start_s, index]).filter(([start]) => start !== null)
  const at = (time_s) => {
    // The last line that has begun; of lines that begin together the later one.
    let low = 0
    let high = starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (starts[middle][0] <= time_s + 0.05) low = middle + 1
      else high = middle
    }
    if (low === 0) return
    highlight(starts[low - 1][1])
    if (follow.checked && Date.now() > leftAloneUntil) scrollTo(rowAt(now))
  }
  const show = (turn) => {
    const index = data.lines.findIndex((line) => line.turn === turn)
    if (index < 0) return
    choose(index)
    highlight(index)
    scrollTo(rowOf(index))
    rowOf(index).focus({ preventScroll: true })
    list.scrollIntoView({ block: "nearest" })
  }
  const step = (by) => {
    const from_here = document.activeElement === rowOf(reached) ? reached + by : reached
    const index = Math.min(data.lines.length - 1, Math.max(0, from_here))
    choose(index)
    rowOf(index).focus({ preventScroll: true })
    scrollTo(rowOf(index))
  }
  drawAround(0)
  return { element: box, at, show, step }
}
