# SPDX-License-Identifier: MIT
# What is carried away: make dist (see packaging/README).

EXTRA_DIST += packaging

# The same sources make the same tarball.
am__tar = $(srcdir)/packaging/tar "$$tardir"

# Directories are copied with what has been built in them; xgettext dates its
# template, though not as it is told to.
dist-hook:
	cd $(distdir) && rm -f $(check_PROGRAMS) $(check_DATA) $(EXTRA_PROGRAMS) && \
		find tests packaging \( -name .deps -o -name .dirstamp \
			-o -name '*.o' -o -name '*.log' -o -name '*.trs' \) \
			-exec rm -rf {} +
	$(srcdir)/packaging/source-date > $(distdir)/packaging/date.tmp
	mv -f $(distdir)/packaging/date.tmp $(distdir)/packaging/date
	date=`TZ=UTC0 date -d @\`cat $(distdir)/packaging/date\` '+%Y-%m-%d %H:%M+0000'` && \
		pot=$(distdir)/po/kakuninsho.pot && \
		sed "s/^\"POT-Creation-Date: [^\\\\]*/\"POT-Creation-Date: $$date/" \
			$$pot > $$pot.tmp && mv -f $$pot.tmp $$pot

# make dist's tarball where there is little else; not part of make check.
.PHONY: check-dist
check-dist: dist
	$(SHELL) $(srcdir)/tests/packaging/dist.sh $(distdir).tar.gz $(srcdir)
EXTRA_DIST += tests/packaging

# One folder that runs on any Linux of this processor.
.PHONY: bundle
bundle: dist
	$(SHELL) $(srcdir)/packaging/bundle/build $(distdir).tar.gz
if TESTS_WANTED
.PHONY: check-bundle
check-bundle: bundle src/kakuninsho tests/tui/run_tui
	srcdir='$(srcdir)' builddir='$(builddir)' $(SHELL) \
		$(srcdir)/tests/packaging/bundle.sh $(distdir)-linux-`uname -m`.tar.gz
endif
