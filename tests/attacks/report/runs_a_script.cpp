// attack: puts a script into the page
// lab: 02_blocking
// stage: page
// verdict: build_failed
// defence: escaping
// witness: leaks <script>alert(1)</script>
#error <script>alert(1)</script>
