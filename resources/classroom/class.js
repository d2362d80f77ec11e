'use strict';
// Keeps a student's page up to date. Everything also works without it: forms are sent, and the page is loaded again.
(() => {
    const page = document.getElementById('page');
    if (!page) return;
    const note = document.getElementById('note'), link = document.getElementById('link');
    let place = page.dataset.place, wait = 0;

    const say = (where, text) => { if (where.textContent !== text) where.textContent = text; };

    // What has the focus and what is open stays so.
    const put = (id, html) => {
        const part = document.getElementById(id);
        const focused = part.contains(document.activeElement) ? document.activeElement.id : '';
        const open = [...part.querySelectorAll('details[open]')].map(one => one.id);
        const closed = [...part.querySelectorAll('details:not([open])')].map(one => one.id);
        part.innerHTML = html;
        for (const id of open) { const one = document.getElementById(id); if (one) one.open = true; }
        for (const id of closed) { const one = document.getElementById(id); if (one) one.open = false; }
        if (focused) document.getElementById(focused)?.focus();
    };

    const listen = () => {
        const source = new EventSource('/events?after=' + encodeURIComponent(place));
        source.onopen = () => say(link, '');
        for (const part of ['board', 'orders', 'shown'])
            source.addEventListener(part, event => { place = event.lastEventId; put(part, event.data); });
        source.addEventListener('gone', () => { source.close(); location.reload(); });
        source.onerror = () => {
            say(link, page.dataset.lost);
            if (source.readyState !== EventSource.CLOSED) return;
            clearTimeout(wait);
            wait = setTimeout(listen, 2000);
        };
    };

    const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');

    document.addEventListener('submit', async event => {
        const form = event.target, button = event.submitter;
        if (!form.matches('[data-live]')) return;
        event.preventDefault();
        const fields = new URLSearchParams(new FormData(form));
        if (button && button.name) fields.set(button.name, button.value);
        say(note, '…');
        try {
            const reply = await fetch(form.action, { method: 'POST', body: fields, headers: { 'Accept': 'application/json' } });
            const told = await reply.json();
            say(note, told.note || '');
            if (reply.status === 401) location.reload();
            if (reply.ok && form.elements.key) form.elements.key.value = newKey();
        } catch {
            say(note, page.dataset.lost); // Sent again with the same key, it is still one order.
        }
    });

    setInterval(() => {
        for (const left of document.querySelectorAll('[data-seconds]')) {
            const seconds = Math.max(0, Number(left.dataset.seconds) - 1);
            left.dataset.seconds = seconds;
            left.textContent = seconds;
        }
    }, 1000);

    listen();
})();
