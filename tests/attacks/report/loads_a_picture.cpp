// attack: puts a picture with a handler into the page
// lab: 02_blocking
// stage: page
// verdict: build_failed
// defence: escaping
// witness: leaks </pre><svg onload=alert(1)>
#error </pre><svg onload=alert(1)>
