"""Every error that this product raises on purpose.

Each class has a stable ``code`` and says, in zh and en, what is wrong with which value and what
to do. Dirty text is data (`kg.model.Issue`), not an error.

* QkgError
  - SettingsError            a setting has a value it cannot have
  - HomeError                the data folder cannot be used
    · UnknownHomeError       there is none at this path
    · OccupiedFolderError    a folder to be written holds other things
    · BusyHomeError          it is written to without a pause
    · HomeFormatError        it was written by another version
    · BackupError            a copy of one cannot be used
    · NoBackupError          an outside store is not in it
  - DocumentError            a document cannot be read or found
    · MissingFileError
    · InternalFaultError     our own code failed on it
    · UnreadableDocumentError
    · EmptyDocumentError
    · DocumentTooLargeError
    · TextTooLongError
    · RunawayDocumentError   it takes too much to read, or breaks the reader
    · DocumentClashError     two files claim to be one document
    · UnknownDocumentError
    · AmbiguousDocumentError several documents have this title or file name
    · SameDocumentError      a document is to be compared with itself
    · UnkeptDocumentError    its bytes are not in this home
    · NoDocumentsError       nothing readable was given
  - RuleError                a rule file is wrong, with its file and rule
  - PluginError              what another package adds cannot be used
  - QueryError               a query cannot be answered
    · MalformedQueryError
    · QueryRefusedError      it asks for what this service does not allow
    · StoppedQueryError      it was ended before it had its answer
      QueryTimeoutError, QueryMemoryError, QueryCancelledError, WorkerLostError
    · OverloadedError        there is no room for it at the moment
    · UnknownRunningError    no query with this id is running
    · UnknownQueryError      no saved query has this name
  - StoreError               the RDF store failed
    · StoreUnavailableError
    · StoreLockedError
  - UnknownNodeError         nothing in the graph has this identifier
    · UnknownNameError       nor this name
  - AmbiguousNameError       several things of the graph have this name
  - ChangeError              a change is not said as it must be
  - SameBodyError            a change of two bodies names one twice
  - UnknownJobError          no upload job has this id
  - UnknownGapTypeError
  - UnknownAnalysisError
  - CyclicDependencyError      there is no order, since some measures wait for one another
  - SheetError               a sheet that people filled in cannot be taken in
  - EngineError              work cannot be done on the engine that was named
  - FormatError              a format that is not offered
  - ReportError              a report cannot be made as it was asked for
    · MissingLibraryError    what its format needs is not installed
  - PayloadError             a request's body is not what it says
    · UnsupportedMediaError
    · PayloadTooLargeError
  - UnknownGraphError        the store has no graph of this name
  - WriteRefusedError        a write without the right to write
  - ReadRefusedError         a question without the right to read
  - TokenError               a token cannot be made, found or used
    · TokenNameError         it cannot have this name
    · UnknownTokenError      none has this name
    · TokenRefusedError      nobody has it, or it is over
  - BudgetSpentError         a client used up what it may use in a minute
"""

from kg.errors.base import QkgError, restored
from kg.errors.documents import (
    AmbiguousDocumentError,
    DocumentClashError,
    DocumentError,
    DocumentTooLargeError,
    EmptyDocumentError,
    InternalFaultError,
    MissingFileError,
    NoDocumentsError,
    RunawayDocumentError,
    SameDocumentError,
    TextTooLongError,
    UnkeptDocumentError,
    UnknownDocumentError,
    UnreadableDocumentError,
)
from kg.errors.homes import (
    BackupError,
    BusyHomeError,
    HomeError,
    HomeFormatError,
    NoBackupError,
    OccupiedFolderError,
    SettingsError,
    UnknownHomeError,
)
from kg.errors.products import (
    EngineError,
    FormatError,
    MissingLibraryError,
    PluginError,
    ReportError,
    RuleError,
    SheetError,
)
from kg.errors.questions import (
    AmbiguousNameError,
    ChangeError,
    CyclicDependencyError,
    SameBodyError,
    UnknownAnalysisError,
    UnknownGapTypeError,
    UnknownNameError,
    UnknownNodeError,
)
from kg.errors.requests import (
    BudgetSpentError,
    PayloadError,
    PayloadTooLargeError,
    ReadRefusedError,
    TokenError,
    TokenNameError,
    TokenRefusedError,
    UnknownJobError,
    UnknownTokenError,
    UnsupportedMediaError,
    WriteRefusedError,
)
from kg.errors.stores import (
    MalformedQueryError,
    OverloadedError,
    QueryCancelledError,
    QueryError,
    QueryMemoryError,
    QueryRefusedError,
    QueryTimeoutError,
    StoppedQueryError,
    StoreError,
    StoreLockedError,
    StoreUnavailableError,
    UnknownGraphError,
    UnknownQueryError,
    UnknownRunningError,
    WorkerLostError,
)

__all__ = [
    "AmbiguousDocumentError",
    "AmbiguousNameError",
    "BackupError",
    "BudgetSpentError",
    "BusyHomeError",
    "ChangeError",
    "CyclicDependencyError",
    "DocumentClashError",
    "DocumentError",
    "DocumentTooLargeError",
    "EmptyDocumentError",
    "EngineError",
    "FormatError",
    "HomeError",
    "HomeFormatError",
    "InternalFaultError",
    "MalformedQueryError",
    "MissingFileError",
    "MissingLibraryError",
    "NoBackupError",
    "NoDocumentsError",
    "OccupiedFolderError",
    "OverloadedError",
    "PayloadError",
    "PayloadTooLargeError",
    "PluginError",
    "QkgError",
    "QueryCancelledError",
    "QueryError",
    "QueryMemoryError",
    "QueryRefusedError",
    "QueryTimeoutError",
    "ReadRefusedError",
    "ReportError",
    "RuleError",
    "RunawayDocumentError",
    "SameBodyError",
    "SameDocumentError",
    "SettingsError",
    "SheetError",
    "StoppedQueryError",
    "StoreError",
    "StoreLockedError",
    "StoreUnavailableError",
    "TextTooLongError",
    "TokenError",
    "TokenNameError",
    "TokenRefusedError",
    "UnkeptDocumentError",
    "UnknownAnalysisError",
    "UnknownDocumentError",
    "UnknownGapTypeError",
    "UnknownGraphError",
    "UnknownHomeError",
    "UnknownJobError",
    "UnknownNameError",
    "UnknownNodeError",
    "UnknownQueryError",
    "UnknownRunningError",
    "UnknownTokenError",
    "UnreadableDocumentError",
    "UnsupportedMediaError",
    "WorkerLostError",
    "WriteRefusedError",
    "restored",
]
