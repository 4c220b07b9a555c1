/* SPDX-License-Identifier: MIT */
/*
 * Which devices can lead to a root: modaliases as kernels write them.
 */
#include "unit.h"

#include <string.h>

#include "lib/coldplug.h"

static void
check(enum coldplug_verdict want, const char *const modalias[])
{
	for (; *modalias; modalias++)
		if (coldplug_judge(*modalias) != want)
			fail_msg("%s: %d, not %d", *modalias,
				coldplug_judge(*modalias), want);
}

static void
disks_and_the_way_to_them(void **state)
{
	static const char *const modalias[] = {
		/* AHCI, IDE, NVMe, virtio disk old and new, virtio SCSI */
		"pci:v00008086d00002922sv00001AF4sd00001100bc01sc06i01",
		"pci:v00008086d00007010sv00001AF4sd00001100bc01sc01i80",
		"pci:v00001B36d00000010sv00001AF4sd00001100bc01sc08i02",
		"pci:v00001AF4d00001001sv00001AF4sd00000002bc01sc00i00",
		"pci:v00001AF4d00001042sv00001AF4sd00001100bc01sc00i00",
		"pci:v00001AF4d00001048sv00001AF4sd00001100bc01sc00i00",
		/* virtio IOMMU, SD host, Fibre Channel, Xen platform */
		"pci:v00001AF4d00001057sv00001AF4sd00001100bc08sc06i00",
		"pci:v00001B36d00000007sv00001AF4sd00001100bc08sc05i01",
		"pci:v00001077d00002532sv00001077sd0000015Dbc0Csc04i00",
		"pci:v00005853d00000001sv00005853sd00000001bcFFsc80i00",
		"virtio:d00000002v00001AF4", "virtio:d00000008v00001AF4",
		"virtio:d0000001Bv00001AF4", "virtio:d00000017v00001AF4",
		"scsi:t-0x00", "scsi:t-0x05", "mmc:block",
		"vmbus:d96361baa104294db60572e2ffb1dc7f",
		"xen:vbd", "nd:t5", NULL
	};

	(void)state;
	check(COLDPLUG_NOW, modalias);
}

static void
what_is_slow_or_no_disk_comes_later(void **state)
{
	static const char *const modalias[] = {
		/* 9p, keyboard; virtiofs says that it is storage */
		"pci:v00001AF4d00001009sv00001AF4sd00000009bc00sc02i00",
		"pci:v00001AF4d00001052sv00001AF4sd00001100bc09sc00i00",
		"virtio:d00000009v00001AF4", "virtio:d00000012v00001AF4",
		"virtio:d0000001Av00001AF4",
		/* xHCI, UHCI, CardBus, FireWire */
		"pci:v00001B36d0000000Dsv00001AF4sd00001100bc0Csc03i30",
		"pci:v00008086d00007020sv00001AF4sd00001100bc0Csc03i00",
		"pci:v0000104Cd0000AC56sv00001014sd00000512bc06sc07i00",
		"pci:v000011C1d00005811sv000011C1sd00005811bc0Csc00i10",
		/* USB: mass storage, UAS, keyboard, HID without a protocol */
		"usb:v46F4p0001d0000dc00dsc00dp00ic08isc06ip50in00",
		"usb:v46F4p0003d0000dc00dsc00dp00ic08isc06ip62in00",
		"usb:v0627p0001d0000dc00dsc00dp00ic03isc01ip01in00",
		"usb:v05ACp0250d0074dc00dsc00dp00ic03isc00ip00in01",
		"serio:ty06pr00id00ex00", "hid:b0003g0001v00000627p00000001",
		"ieee1394:ven00000000mo00000000sp0000609Ever00010483",
		NULL
	};

	(void)state;
	check(COLDPLUG_LATER, modalias);
}

static void
what_waits_for_the_real_system(void **state)
{
	static const char *const modalias[] = {
		/* graphics, network, sound, SMBus, bridges, mei, IVSHMEM */
		"pci:v00001234d00001111sv00001AF4sd00001100bc03sc00i00",
		"pci:v00008086d0000100Esv00001AF4sd00001100bc02sc00i00",
		"pci:v00001AF4d00001000sv00001AF4sd00000001bc02sc00i00",
		"pci:v00001AF4d00001041sv00001AF4sd00001100bc02sc00i00",
		"pci:v00008086d00002668sv00001AF4sd00001100bc04sc03i00",
		"pci:v00008086d00002930sv00001AF4sd00001100bc0Csc05i00",
		"pci:v00008086d000029C0sv00001AF4sd00001100bc06sc00i00",
		"pci:v00008086d00002918sv00001AF4sd00001100bc06sc01i00",
		"pci:v00001B36d0000000Csv00000000sd00000000bc06sc04i00",
		"pci:v00008086d00001C3Asv00008086sd00001C3Abc07sc80i00",
		"pci:v00001AF4d00001110sv00001AF4sd00001100bc05sc00i00",
		/* virtio balloon, console, random numbers, GPU */
		"pci:v00001AF4d00001002sv00001AF4sd00000005bc00scFFi00",
		"pci:v00001AF4d00001043sv00001AF4sd00001100bc07sc80i00",
		"virtio:d00000001v00001AF4", "virtio:d00000003v00001AF4",
		"virtio:d00000004v00001AF4", "virtio:d00000005v00001AF4",
		"virtio:d00000010v00001AF4",
		/* USB mouse, camera, Bluetooth, network */
		"usb:v0627p0001d0000dc00dsc00dp00ic03isc01ip02in00",
		"usb:v046Dp0825d0010dcEFdsc02dp01ic0Eisc01ip00in00",
		"usb:v8087p0A2Bd0001dcE0dsc01dp01icE0isc01ip01in00",
		"usb:v0525pA4A2d0000dc00dsc00dp00ic02isc06ip00in00",
		"scsi:t-0x01", "scsi:t-0x03", "serio:ty01pr00id00ex00",
		"vmbus:635161f83edfc546913ff2d2f965ed0e", "xen:vif",
		"cpu:type:x86,ven0000fam000Fmod0006:feature:,0000,0001",
		"input:b0011v0001p0001eAB41-e0,1,4,11,14,k71,72", "dmi:*",
		"i2c:spd", "", "p", "pci:", NULL
	};

	(void)state;
	check(COLDPLUG_NO, modalias);
}

static void
names_are_judged_by_the_module(void **state)
{
	static const char *const modalias[] = {
		"acpi:LNRO0005:", "acpi:80860F14:PNP0D40:", "platform:ahci",
		"of:NmmcT(null)Carm,pl180Carm,primecell",
		"pcmcia:m0000c0000f04fn00pfn00pa00000000pb00000000", NULL
	};
	static const char sd[] =
		"kernel/drivers/mmc/host/sdhci-acpi.ko.xz";

	(void)state;
	check(COLDPLUG_BY_PATH, modalias);
	assert_int_equal(coldplug_path(modalias[1], sd), COLDPLUG_NOW);
	assert_int_equal(coldplug_path("acpi:VMBUS:",
		"kernel/drivers/hv/hv_vmbus.ko"), COLDPLUG_NOW);
	assert_int_equal(coldplug_path("acpi:ACPI0012:",
		"kernel/drivers/acpi/nfit/nfit.ko"), COLDPLUG_NOW);
	assert_int_equal(coldplug_path("acpi:PNP0303:",
		"kernel/drivers/input/serio/i8042.ko"), COLDPLUG_LATER);
	assert_int_equal(coldplug_path("acpi:PNP0D10:",
		"kernel/drivers/usb/host/xhci-plat-hcd.ko"), COLDPLUG_LATER);
	assert_int_equal(coldplug_path(modalias[4],
		"kernel/drivers/ata/pata_pcmcia.ko"), COLDPLUG_LATER);
	assert_int_equal(coldplug_path("acpi:PNP0C0C:",
		"kernel/drivers/acpi/button.ko"), COLDPLUG_NO);
	assert_int_equal(coldplug_path("platform:coretemp",
		"kernel/drivers/hwmon/coretemp.ko"), COLDPLUG_NO);
	assert_int_equal(coldplug_path("acpi:X:", "kernel/sound/soc/x.ko"),
		COLDPLUG_NO);
	assert_int_equal(coldplug_path("acpi:X:", "updates/vendor-disk.ko"),
		COLDPLUG_NOW);
	assert_int_equal(coldplug_path("platform:x", "flat.ko"),
		COLDPLUG_NOW);
}

static void
board_needs_more_where_a_device_tree_says_so(void **state)
{
	static const char clock[] = "kernel/drivers/clk/qcom/gcc-sdm845.ko";

	(void)state;
	assert_int_equal(coldplug_path("of:NclockT(null)Cqcom,gcc", clock),
		COLDPLUG_NOW);
	assert_int_equal(coldplug_path("acpi:QCOM0000:", clock), COLDPLUG_NO);
	assert_int_equal(coldplug_path("of:NgpuT(null)Cqcom,adreno",
		"kernel/drivers/gpu/drm/msm/msm.ko"), COLDPLUG_NO);
}

static void
names_that_lead_nowhere_are_known(void **state)
{
	(void)state;
	assert_false(coldplug_name("acpi", "device:1a"));
	assert_false(coldplug_name("acpi", "LNXCPU:00"));
	assert_true(coldplug_name("acpi", "80860F14:00"));
	assert_true(coldplug_name("platform", "LNXTHERM:00"));
}

static void
network_cards_but_wireless_ones(void **state)
{
	static const char *const now[] = {
		"pci:v00001AF4d00001000sv00001AF4sd00000001bc02sc00i00",
		"pci:v00008086d0000100Esv00001AF4sd00001100bc02sc00i00",
		"virtio:d00000001v00001AF4", "xen:vif",
		"vmbus:635161f83edfc546913ff2d2f965ed0e",
		"usb:v0BDAp8156d3000dc00dsc00dp00ic02isc0Dip00in00"
	};

	(void)state;
	for (unsigned i = 0; i < sizeof now / sizeof now[0]; i++) {
		assert_int_equal(coldplug_network(now[i]), COLDPLUG_NOW);
		assert_int_equal(coldplug_judge(now[i]), COLDPLUG_NO);
	}
	assert_int_equal(coldplug_network("pci:v00008086d00002723"
		"sv00008086sd00000084bc02sc80i00"), COLDPLUG_NO);
	assert_int_equal(coldplug_network("usb:v0B95p1790d0100dc00dsc00dp00"
		"icFFiscFFip00in00"), COLDPLUG_BY_PATH);
	assert_true(coldplug_network_path("kernel/drivers/net/usb/asix.ko"));
	assert_false(coldplug_network_path("kernel/drivers/net/wireless/"
		"intel/iwlwifi/iwlwifi.ko"));
	assert_false(coldplug_network_path("kernel/drivers/usb/serial/x.ko"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(disks_and_the_way_to_them),
		cmocka_unit_test(what_is_slow_or_no_disk_comes_later),
		cmocka_unit_test(what_waits_for_the_real_system),
		cmocka_unit_test(names_are_judged_by_the_module),
		cmocka_unit_test(names_that_lead_nowhere_are_known),
		cmocka_unit_test(board_needs_more_where_a_device_tree_says_so),
		cmocka_unit_test(network_cards_but_wireless_ones),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
