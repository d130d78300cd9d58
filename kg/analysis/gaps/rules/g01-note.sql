select [id] as subjects, 'info' as severity, 1.0 as confidence
from documents where states_bodies = false and id in (select document from measures)
