# make run       the site with demo stories on http://127.0.0.1:8000/ (another port: make run PORT=8001)
# make test      all tests, on SQLite and on PostgreSQL, and the journeys in a browser
# make check     everything that must hold before a change goes in: style, types, imports, messages, tests
# make walks     5,000 random walks through the workflow, every promise checked after every step (half an hour)
# make lock      requirements.in and requirements-dev.in compiled into the pinned files beside them
# make messages  what people are shown, collected from the source into locale/ for translation
#
# A PostgreSQL server for an hour:  ./run postgres            prints its DATABASE_URL, until Ctrl-C
# … or for one command:             ./run postgres COMMAND    with DATABASE_URL set
# Any command of Django's:          ./run manage COMMAND

.PHONY: run test check walks lock messages

run test check walks lock messages:
	@./run $@
