// Moments of several calls, each a button that plays it from before to after and stops; a second press
// stops it at once. The title leads to the call at that second.

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const drawnBefore = parentElement.callcoach
  if (drawnBefore && drawnBefore.version === data.version) return drawnBefore.leave
  if (drawnBefore) drawnBefore.leave()
  const root = node("div", "cc cc-clips")
  const audio = node("audio")
  audio.preload = "none"
  audio.setAttribute("aria-hidden", "true")
  const note = node("p", "cc-note")
  note.setAttribute("role", "status")
  note.hidden = true
  root.append(audio)
  let playing = null
  const stop = () => {
    audio.pause()
    if (playing) mark(playing, false)
    playing = null
  }
  const mark = (clip, on) => {
    clip.button.setAttribute("aria-pressed", String(on))
    clip.button.querySelector(".cc-play").textContent = on ? "■" : "▶"
  }
  const start = (clip) => {
    const again = playing === clip
    stop()
    if (again) return
    playing = clip
    note.hidden = true
    mark(clip, true)
    const address = clip.needs_proxy || clip.failed ? clip.proxy : clip.address
    const go = () => {
      audio.currentTime = clip.from_s
      audio.play().catch(() => {})
    }
    if (audio.dataset.address !== address) {
      audio.dataset.address = address
      audio.src = address
      audio.addEventListener("loadedmetadata", go, { once: true })
      audio.load()
    } else go()
  }
  audio.addEventListener("timeupdate", () => playing && audio.currentTime >= playing.to_s && stop())
  audio.addEventListener("ended", stop)
  audio.addEventListener("error", () => {
    const clip = playing
    if (!clip) return
    stop()
    if (!clip.failed && clip.proxy) {
      clip.failed = true
      start(clip)
      return
    }
    note.textContent = "This recording cannot be played here. Its words are below."
    note.hidden = false
  })
  for (const clip of data.clips) root.append(drawClip(clip, start, setTriggerValue))
  root.append(note)
  parentElement.append(root)
  const leave = () => {
    stop()
    audio.removeAttribute("src")
    root.remove()
    parentElement.callcoach = null
  }
  parentElement.callcoach = { version: data.version, leave }
  return leave
}

function drawClip(clip, start, setTriggerValue) {
  const box = node("article", "cc-moment-box")
  const play = button("cc-moment", "", () => clip.address && start(clip))
  play.append(node("span", "cc-play", clip.address ? "▶" : "→"))
  if (clip.label) play.append(node("span", "cc-tag", clip.label))
  play.append(node("span", "cc-who", clip.title))
  play.append(node("q", "cc-quote", clip.quote))
  play.append(node("span", "cc-small cc-quiet", clip.length))
  clip.button = play
  if (!clip.address) play.disabled = true
  const link = node("a", "cc-small cc-open", "Open the call")
  link.href = `call?call=${encodeURIComponent(clip.call)}${clip.t === null ? "" : `&t=${second(clip.t)}`}`
  link.setAttribute("aria-label", `Open the call at this moment: ${clip.title}`)
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    setTriggerValue("opened", { call: clip.call, t: clip.t === null ? null : second(clip.t) })
  })
  box.append(play, link)
  return box
}
