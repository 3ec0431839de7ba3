import express, { Router } from 'express';
import { type ApiFailure, invalidRequest } from '../chat/api-failure.js';
import { sendFailure } from '../chat/send-failure.js';
import { describeIssues } from '../describe-issues.js';
import { type Incident, startedIncidentSchema, toIncident } from '../incidents/incident.js';
import type { Simulation } from '../simulation.js';

/** Returns the routes of a game day: `/simulator/stats` and `/simulator/incidents`. */
export function createControlRoutes(simulation: Simulation): Router {
  const { incidents, stats } = simulation;
  const routes = Router();
  const nextId = createIds();
  routes.get('/simulator/stats', (_request, response) => {
    response.json({ nowMs: incidents.nowMs(), ...stats.snapshot() });
  });
  routes.get('/simulator/incidents', (_request, response) => {
    response.json({ nowMs: incidents.nowMs(), incidents: incidents.list() });
  });
  routes.post('/simulator/incidents', express.json({ limit: '64kb' }), (request, response) => {
    const started = startIncident(simulation, nextId, request.body);
    if ('failure' in started) sendFailure(response, started.failure);
    else response.status(201).json(started.incident);
  });
  routes.delete('/simulator/incidents', (_request, response) => {
    response.json({ ended: incidents.endAll() });
  });
  routes.delete('/simulator/incidents/:id', (request, response) => {
    const { id } = request.params;
    if (incidents.end(id)) response.json({ ended: 1 });
    else {
      const message = `There is no incident '${id}'. GET /simulator/incidents lists them.`;
      sendFailure(response, { ...invalidRequest(message, 'id', 'incident_not_found'), status: 404 });
    }
  });
  return routes;
}

function startIncident(
  { incidents, options }: Simulation,
  nextId: () => string,
  body: unknown,
): { incident: Incident } | { failure: ApiFailure } {
  const parsed = startedIncidentSchema.safeParse(body, { reportInput: true });
  if (!parsed.success) return { failure: invalidRequest(describeIssues(parsed.error, 'The JSON body')) };
  const { catalog } = options;
  const { model } = parsed.data;
  if (!catalog.isIncidentScope(model)) {
    const message = `model is '${model}'. Allowed: ${catalog.incidentScopes().join(', ')}.`;
    return { failure: invalidRequest(message, 'model') };
  }
  const incident = toIncident(parsed.data, nextId(), incidents.nowMs());
  if (incidents.add(incident)) return { incident };
  const message =
    'The schedule is full of incidents that are not over. End some with DELETE /simulator/incidents.';
  return { failure: { ...invalidRequest(message), status: 409 } };
}

function createIds(): () => string {
  let last = 0;
  return () => `incident-${++last}`;
}
