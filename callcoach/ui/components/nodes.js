// What every component builds with: nodes whose words are text, never markup.

const node = (name, className, text) => {
  const made = document.createElement(name)
  if (className) made.className = className
  if (text) made.textContent = text
  return made
}

const drawn = (name, attributes) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}

const button = (className, text, act, label) => {
  const made = node("button", className, text)
  made.type = "button"
  if (label) made.setAttribute("aria-label", label)
  if (act) made.addEventListener("click", act)
  return made
}

const choice = (label, options, className) => {
  const made = node("select", className)
  made.setAttribute("aria-label", label)
  for (const [value, text] of options) {
    const option = node("option", "", text)
    option.value = value
    made.append(option)
  }
  return made
}

const clock = (time_s) => {
  const whole = Math.floor(time_s)
  const two = (n) => String(n).padStart(2, "0")
  const hours = Math.floor(whole / 3600)
  const rest = `${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`
  return hours ? `${hours}:${rest}` : rest
}

// A second for an address: never before what it points to.
const second = (time_s) => (Math.ceil(time_s * 10) / 10).toFixed(1)

const copyText = (text, from) => {
  const said = from.textContent
  const done = (words) => {
    from.textContent = words
    setTimeout(() => (from.textContent = said), 2500)
  }
  navigator.clipboard.writeText(text).then(
    () => done("Copied"),
    () => done("Could not copy"),
  )
}

const REASONS = ["not said", "wrong person", "not that behaviour", "out of context"]
