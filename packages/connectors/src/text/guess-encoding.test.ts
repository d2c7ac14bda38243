import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { guessEncoding } from './guess-encoding.ts';
import { encodings, isEncoding } from './encodings.ts';

const words: Record<string, string[]> = {
  german: ['Köln', 'Müller', 'Zürich', 'Straße 5', 'Übergröße', 'Ärger', 'ÄÖÜ', 'MÜLLER', '20 °C', '„so“', '12,50 €'],
  french: ['Noël', 'élève', 'Besançon', 'Hôtel de l’Étoile', 'cœur', 'Françoise', 'naïve', '«bonjour»', 'nº 5', 'À bientôt'],
  spanish: ['José Pérez', 'Málaga, España', '¿Qué?', '¡Hola!', 'Ñandú', 'Muñoz', 'corazón'],
  portuguese: ['São Paulo', 'coração', 'Ação', 'João', 'Água'],
  italian: ['Città', 'perché', 'più', 'Forlì', 'virtù'],
  nordic: ['Åse', 'Ærlig', 'Tromsø', 'Blåbær', 'Ålesund', 'Hafþór Júlíus', 'Ísafjörður', 'Göteborg', 'ÅÄÖ'],
  finnish: ['Äänekoski', 'Jyväskylä', 'Yö'],
  other: ['50 µg', '½ cup', 'x – y', 'it’s', '“quoted” text', '§ 5', '…'],
};

const read = (text: string, encoding: string) => {
  const bytes = iconv.encode(text, encoding);
  return iconv.decode(bytes, guessEncoding(bytes));
};

describe('the encoding of a text is guessed', () => {
  it('rightly for two cells of a Western language, whichever', () => {
    const all = Object.values(words).flatMap((some) => some.flatMap((one) => some.map((other) => `id;name;town\r\n1;${one};${other}\r\n`)));
    expect(all.filter((text) => read(text, 'windows-1252') !== text)).toEqual([]);
  });

  it.each([
    ['windows-1250', 'Łódź\nGdańsk\nWrocław'],
    ['windows-1250', 'Příliš žluťoučký kůň'],
    ['iso-8859-2', 'Łódź\nGdańsk\nŚwiętokrzyska'],
    ['windows-1251', 'Привет'],
    ['windows-1251', 'Иван Петров\nМосква'],
    ['koi8-r', 'Привет\nИван'],
    ['cp866', 'Привет\nИван'],
    ['iso-8859-5', 'Привет\nИван'],
    ['windows-1253', 'Αθήνα\nΘεσσαλονίκη'],
    ['windows-1256', 'القاهرة\nمرحبا بكم'],
    ['windows-874', 'กรุงเทพมหานคร'],
    ['cp850', 'Müller\nKöln\nGröße'],
    ['shift_jis', '東京タワー\n日本語テキスト'],
    ['euc-jp', 'こんにちは\n日本語テキスト'],
    ['gb18030', '中华人民共和国\n深圳市腾讯计算机'],
    ['big5', '中華民國\n臺北市信義區'],
    ['euc-kr', '안녕하세요\n대한민국'],
  ])('rightly for %s: %j', (encoding, text) => {
    const whole = `id;name\r\n1;${text}\r\n`;
    expect(read(whole, encoding)).toBe(whole);
  });

  it('always to one that gives no controls where there is such a one', () => {
    for (let byte = 0x80; byte <= 0xff; byte += 1) {
      const bytes = Buffer.from([0x61, byte, 0x62]);
      expect(iconv.decode(bytes, guessEncoding(bytes))).not.toMatch(/[\u0080-\u009f\ufffd]/);
    }
  });

  it('among those of the form, which are all there', () => {
    expect(Object.keys(encodings).filter((name) => isEncoding(name) && !iconv.encodingExists(name))).toEqual([]);
  });
});
