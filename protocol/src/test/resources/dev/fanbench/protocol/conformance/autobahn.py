# Runs cases of the Autobahn suite against one server; prints a line for each verdict.
# Arguments: URL, report directory, cases with commas between, cases to leave out.
import sys
from autobahntestsuite import wstest
from autobahntestsuite.fuzzing import FuzzingFactory, FuzzingProtocol
from twisted.internet import reactor

url, directory, cases, without = sys.argv[1:]

# The suite gives a server a second for most things, which a busy machine may take by itself.
PATIENCE = 30


def patient(timer):
    return lambda self, seconds: timer(self, seconds * PATIENCE)


FuzzingProtocol.killAfter = patient(FuzzingProtocol.killAfter)
FuzzingProtocol.closeAfter = patient(FuzzingProtocol.closeAfter)
LIMITS = ['openHandshakeTimeout', 'closeHandshakeTimeout', 'serverConnectionDropTimeout']

log_case = FuzzingFactory.logCase


def tell(self, verdict):
    print 'VERDICT', verdict['id'], verdict['behavior'].replace(' ', '-'), verdict['behaviorClose'].replace(' ', '-')
    log_case(self, verdict)


FuzzingFactory.logCase = tell

wstest.start({'mode': 'fuzzingclient'}, {
    'outdir': directory,
    'servers': [{'agent': 'fanbench', 'url': url}],
    'options': dict((limit, PATIENCE) for limit in LIMITS),
    'cases': cases.split(','),
    'exclude-cases': without.split(','),
    'exclude-agent-cases': {},
})
