// The recording, who spoke when, and the lines of a call. Clicking a line seeks the recording here in
// the browser; nothing runs again on the server. Other components ask for a moment with the window
// event "callcoach:play" and hear what plays through "callcoach:state".

const STEP_S = 5
const SPEEDS = [1, 1.25, 1.5, 1.75, 2]

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const drawnBefore = parentElement.callcoach
  if (drawnBefore && drawnBefore.version === data.version) return drawnBefore.leave
  const before = drawnBefore ? drawnBefore.leave() : null
  const ask = data.can_correct ? (what) => setTriggerValue("asked", what) : null
  const player = build(data, parentElement, ask, before)
  parentElement.callcoach = player
  return player.leave
}

function build(data, parent, ask, before) {
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
  let proxied = false
  const useProxy = () => {
    proxied = true
    note.textContent = "Making a copy that this browser can play. That happens once for a recording."
    note.hidden = false
    audio.src = data.proxy
  }
  const skip = { quiet: null, theirs: null }
  if (audio) {
    audio.controls = true
    audio.preload = "metadata"
    audio.setAttribute("aria-label", "Recording of this call")
    const bar = node("div", "cc-bar")
    bar.append(audio, drawControls(data, audio, skip))
    root.append(bar)
    on(audio, "error", () => {
      if (!proxied && data.proxy) return useProxy()
      note.textContent = "This recording cannot be played here: it may be damaged. Everything else is below."
      note.hidden = false
    })
    on(audio, "loadedmetadata", () => (note.hidden = !data.media_note))
    if (data.needs_proxy) useProxy()
    else audio.src = data.address
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
  const playClip = (clip) => {
    lines.show(clip.turn)
    if (clip.from_s !== null) seek(clip.from_s, { asked: { id: `mark/${clip.start_s}`, ...clip } })
  }

  const timeline = data.duration_s ? drawTimeline(data, seek, playClip, on) : null
  if (timeline) root.append(timeline.element)
  const lines = drawLines(data, seek, on, Boolean(audio), ask)
  root.append(lines.element)
  root.append(
    node(
      "p",
      "cc-small cc-quiet cc-keys",
      "Keys: space plays, ← → 5 s, ↑ ↓ lines, " +
        (data.marks.length ? "j k next and previous evidence, " : "") +
        "/ finds" +
        (ask ? ", e corrects the line; on a moment 1 to 4 reject it." : "."),
    ),
  )

  const follow = () => {
    const time_s = audio.currentTime
    if (moment && time_s >= moment.to_s) {
      moment = null
      audio.pause()
    } else if (!moment && !audio.paused) jump(audio, time_s, skip)
    timeline?.at(time_s)
    lines.at(time_s)
  }
  const start_s = before ? before.time_s : data.start_s
  if (audio) {
    for (const name of ["timeupdate", "seeked"]) on(audio, name, follow)
    for (const name of ["play", "pause", "ended"]) on(audio, name, say)
    if (start_s !== null) {
      const toStart = () => seek(start_s, { play: Boolean(before && before.playing) })
      audio.readyState ? toStart() : on(audio, "loadedmetadata", toStart, { once: true })
    }
  }
  if (start_s !== null) {
    timeline?.at(start_s)
    lines.at(start_s)
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
  // j and k go from one piece of evidence to the next, from where one is.
  let markAt = -1
  const stepMark = (by) => {
    if (!data.marks.length) return
    markAt = markAt < 0 && by < 0 ? data.marks.length - 1 : Math.min(data.marks.length - 1, Math.max(0, markAt + by))
    playClip(data.marks[markAt])
  }
  on(document, "keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    const inside = root.contains(event.target) && event.target !== audio
    const moments = event.target.closest?.(".cc-moments")
    if (!(inside || moments || event.target === document.body)) return
    if (event.target.closest?.("input, textarea, select")) return
    const pressed = event.target instanceof HTMLElement && event.target.closest("button, a, summary")
    if (event.key === " " && audio && !(pressed && !pressed.classList.contains("cc-line"))) {
      audio.paused ? audio.play().catch(() => {}) : audio.pause()
    } else if (event.key === "ArrowLeft" && audio) seek(audio.currentTime - STEP_S, { play: !audio.paused })
    else if (event.key === "ArrowRight" && audio) seek(audio.currentTime + STEP_S, { play: !audio.paused })
    else if (inside && event.key === "ArrowDown") lines.step(1)
    else if (inside && event.key === "ArrowUp") lines.step(-1)
    else if (event.key === "j") stepMark(1)
    else if (event.key === "k") stepMark(-1)
    else if (event.key === "/") lines.search()
    else if (event.key === "e" && inside && ask) lines.open()
    else return
    event.preventDefault()
  })

  const leave = () => {
    const state = audio && audio.readyState ? { time_s: audio.currentTime, playing: !audio.paused } : null
    listening.abort()
    audio?.pause()
    root.remove()
    parent.callcoach = null
    return state
  }
  return { version: data.version, leave }
}

// Out of a stretch that shall not be heard: to the end of a silence, or to where the customer speaks next.
function jump(audio, time_s, skip) {
  if (skip.theirs) {
    const next = skip.theirs.find(([, end]) => end > time_s)
    if (!next) audio.pause()
    else if (next[0] > time_s + 0.3) audio.currentTime = next[0]
    return
  }
  const gap = skip.quiet && skip.quiet.find(([start, end]) => start <= time_s && time_s < end - 0.3)
  if (gap) audio.currentTime = gap[1]
}

function drawControls(data, audio, skip) {
  const row = node("div", "cc-controls")
  const speed = choice("Speed", SPEEDS.map((n) => [String(n), `${n}×`]))
  speed.addEventListener("change", () => (audio.playbackRate = Number(speed.value)))
  audio.addEventListener("loadedmetadata", () => (audio.playbackRate = Number(speed.value)))
  row.append(speed)
  const box = (text, name, stretches) => {
    if (!stretches.length) return
    const label = node("label", "cc-follow")
    const tick = node("input")
    tick.type = "checkbox"
    tick.addEventListener("change", () => (skip[name] = tick.checked ? stretches : null))
    label.append(tick, ` ${text}`)
    row.append(label)
  }
  box("skip silence", "quiet", data.quiet)
  box("customer only", "theirs", data.theirs)
  return row
}
