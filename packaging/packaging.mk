# SPDX-License-Identifier: MIT
# What is carried away: make dist (see packaging/README).

EXTRA_DIST += packaging

# The same sources make the same tarball.
am__tar = $(srcdir)/packaging/tar "$$tardir"

# Directories are copied with what has been built in them; xgettext dates its
# template, though not as it is told to.
dist-hook:
	$(AM_V_at)cd $(distdir) && rm -f $(check_PROGRAMS) $(check_DATA) $(EXTRA_PROGRAMS) && \
		find tests packaging \( -name .deps -o -name .dirstamp \
			-o -name '*.o' -o -name '*.log' -o -name '*.trs' \) \
			-exec rm -rf {} +
	$(AM_V_at)$(srcdir)/packaging/source-date > $(distdir)/packaging/date.tmp
	$(AM_V_at)mv -f $(distdir)/packaging/date.tmp $(distdir)/packaging/date
	$(AM_V_at)date=`TZ=UTC0 date -d @\`cat $(distdir)/packaging/date\` '+%Y-%m-%d %H:%M+0000'` && \
		pot=$(distdir)/po/kakuninsho.pot && \
		sed "s/^\"POT-Creation-Date: [^\\\\]*/\"POT-Creation-Date: $$date/" \
			$$pot > $$pot.tmp && mv -f $$pot.tmp $$pot

# One folder that runs on any Linux of this processor; Debian's package.
bundle: dist
	$(SHELL) $(srcdir)/packaging/bundle/build $(distdir).tar.gz
deb: dist
	$(SHELL) $(srcdir)/packaging/deb/build $(distdir).tar.gz

# Each where there is little else, and all of them made once more; not part of make
# check, as it takes a while.
if TESTS_WANTED
.PHONY: check-dist check-bundle check-deb check-reproducible
PACKAGING_TEST = srcdir='$(srcdir)' builddir='$(builddir)' \
	$(SHELL) $(srcdir)/tests/packaging
check-dist: dist
	$(PACKAGING_TEST)/dist.sh $(distdir).tar.gz
check-bundle: bundle src/kakuninsho tests/tui/run_tui tests/packaging/old_kernel
	$(PACKAGING_TEST)/bundle.sh $(distdir)-linux-`uname -m`.tar.gz
check-deb: deb src/kakuninsho tests/tui/run_tui
	$(PACKAGING_TEST)/deb.sh \
		$(PACKAGE)_$(VERSION)_`dpkg --print-architecture`.deb
check-reproducible: bundle deb src/kakuninsho
	$(PACKAGING_TEST)/reproducible.sh src/kakuninsho $(distdir).tar.gz \
		$(distdir)-linux-`uname -m`.tar.gz \
		$(PACKAGE)_$(VERSION)_`dpkg --print-architecture`.deb
endif
