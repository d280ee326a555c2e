// A clerk looks at what came with a mail, and at the mail with its own markup: nothing of it runs,
// nothing is fetched that was not asked for (INTAKE 64, 65).

import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import test from 'node:test';
import { axe, launch, openPage, shots } from './browser.mjs';
import { openMunicipality, signIn } from './municipality.mjs';

/** A red square of one pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n' +
  '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
  '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n');

/** A web server elsewhere that counts who asks for its pictures. */
async function elsewhere() {
  const asked = [];
  const server = http.createServer((request, response) => {
    asked.push(request.url);
    response.setHeader('content-type', 'image/png').end(Buffer.from(PNG, 'base64'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { asked, url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

const file = (name, type, bytes) => `--m\nContent-Type: ${type}
Content-Disposition: attachment; filename="${name}"\nContent-Transfer-Encoding: base64\n
${Buffer.from(bytes).toString('base64')}\n`;

const mail = (outside) => ({
  from: 'jan@voorbeeld.example',
  headers: 'Subject: Schade aan de kade\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=m',
  text: `--m\nContent-Type: multipart/related; boundary=r\n
--r\nContent-Type: multipart/alternative; boundary=a\n
--a\nContent-Type: text/plain\n\nDe kade is beschadigd, zie de foto.
--a\nContent-Type: text/html; charset=utf-8\n
<h2>De kade is beschadigd</h2><img src="cid:foto@x" alt="de kade" width="80">
<img src="${outside}/groot.png" alt="een foto van elders" width="80">
<img src="${outside}/meet.gif" width="1" height="1">
<script>document.title = 'stuk'</script><p onclick="alert(1)">Zie de foto.</p>
--a--
--r\nContent-Type: image/png\nContent-ID: <foto@x>\nContent-Transfer-Encoding: base64\n
${PNG}
--r--
${file('foto.png', 'image/png', Buffer.from(PNG, 'base64'))}${file('brief.pdf', 'application/pdf', PDF)}${
  file('een heel lange naam van een bestand dat iemand vanaf zijn telefoon stuurde.txt', 'text/plain', 'hoi')
}${file('factuur.pdf.exe', 'application/pdf', 'MZ')}--m--`,
});

test('attachments and markup of a stranger show, and do nothing', async (t) => {
  const [browser, municipality, outside] =
    await Promise.all([launch(), openMunicipality(), elsewhere()]);
  t.after(() => Promise.all([browser.close(), municipality.close(), outside.close()]));
  const page = await openPage(browser);
  await municipality.mail(mail(outside.url));
  await signIn(page, municipality.url());
  await page.getByRole('link', { name: 'Schade aan de kade' }).click();
  await page.getByText('De kade is beschadigd, zie de foto.').waitFor();
  const item = page.url();
  await looksRight(page, 'bijlagen');

  await page.getByRole('link', { name: 'foto.png', exact: true }).click();
  await page.waitForURL(/bijlage/);
  assert.equal(await page.evaluate(() => document.contentType), 'image/png');
  await page.goto(item);
  await page.getByRole('link', { name: 'brief.pdf' }).click();
  await page.waitForURL(/bijlage/);
  assert.equal(await page.evaluate(() => document.contentType), 'application/pdf');

  await page.goto(item);
  await page.getByRole('link', { name: 'factuur.pdf.exe' }).click();
  await page.getByText('Dit is een programma.').waitFor();
  await looksRight(page, 'bijlage-programma');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Toch opslaan' }).click();
  assert.equal((await saving).suggestedFilename(), 'factuur.pdf.exe');

  await page.goto(item);
  await page.getByRole('link', { name: 'Als opgemaakte tekst tonen' }).click();
  const frame = page.frameLocator('iframe');
  await frame.getByRole('heading', { name: 'De kade is beschadigd' }).waitFor();
  const wide = await frame.getByAltText('de kade').evaluate((it) => it.naturalWidth);
  assert.equal(wide, 1, 'the picture that came along is shown');
  assert.deepEqual(outside.asked, [], 'nothing was fetched');
  await looksRight(page, 'opgemaakt');
  await page.getByRole('button', { name: 'Afbeeldingen van buiten tonen' }).click();
  await page.getByText('Afbeeldingen van buiten worden getoond.').waitFor();
  await frame.getByAltText('een foto van elders').waitFor();
  assert.ok(!outside.asked.some((path) => path.includes('meet')), 'nobody is measured');
  await looksRight(page, 'opgemaakt-met-beelden');
});

/** No rule of WCAG that a program can check is broken, and nobody scrolls sideways. */
async function looksRight(page, name) {
  assert.deepEqual(await axe(page), [], name);
  for (const shot of await shots(page, name)) assert.ok(!shot.overflows, `${name} ${shot.width}`);
}
