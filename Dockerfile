# One image for web, worker, beat and the one-off commands; the command tells which it is.
FROM debian:12-slim

RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
      tesseract-ocr tesseract-ocr-kir tesseract-ocr-rus tesseract-ocr-script-cyrl \
      poppler-utils python3 python3-venv \
 && rm -rf /var/lib/apt/lists/*

RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/intake intake

WORKDIR /srv/intake
COPY requirements.lock pyproject.toml ./
RUN python3 -m venv /srv/venv \
 && /srv/venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY templates ./templates
COPY intake ./intake
COPY workers ./workers
RUN /srv/venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation --editable .

ENV PATH=/srv/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    OMP_THREAD_LIMIT=1 \
    DJANGO_SETTINGS_MODULE=intake.settings \
    INTAKE_HOME=/var/lib/intake
USER intake
VOLUME /var/lib/intake
EXPOSE 8000
CMD ["gunicorn", "intake.web.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "8"]
