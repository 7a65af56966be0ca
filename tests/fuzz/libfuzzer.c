/* SPDX-License-Identifier: MIT
 *
 * One target for libFuzzer: TARGET is the function (fuzz.sh).
 */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	TARGET(bytes, length);
	return 0;
}
