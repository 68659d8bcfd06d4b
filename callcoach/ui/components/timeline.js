// Lanes of speech with the marks of what stands where; a click plays from there. A mark is told by its
// shape and its words, not by a colour.

const LANE_PX = 26
const SHAPES = { evidence: ["▾", "evidence"], price: ["◇", "first price"], concern: ["◆", "concern"], step: ["⚑", "next step"] }

function drawTimeline(data, seek, playClip, on) {
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
      .join(", ")}. ${data.marks.length} marks.`,
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
    const flag = button("cc-mark", SHAPES[mark.kind][0], () => playClip(mark), mark.title)
    flag.title = mark.title
    flag.tabIndex = -1 // j and k reach them; the same moments stand as buttons beside the behaviours
    flag.style.left = `${mark.at * 100}%`
    flag.style.top = `${mark.who * LANE_PX - 8}px`
    area.append(flag)
  }
  on(svg, "click", (event) => {
    const place = svg.getBoundingClientRect()
    seek(((event.clientX - place.left) / place.width) * data.duration_s)
  })
  const scale = node("div", "cc-scale")
  scale.append(node("span", "", "00:00"))
  const kinds = Object.keys(SHAPES).filter((kind) => data.marks.some((mark) => mark.kind === kind))
  if (kinds.length)
    scale.append(node("span", "", kinds.map((kind) => SHAPES[kind].join(" ")).join(" · ")))
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
