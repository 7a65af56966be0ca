# SPDX-License-Identifier: MIT
# A form like the 確認書, of as many questions as -v questions says: sections of a
# gate, nine items with answer and detail, of which the last three depend on the
# gate, and a calculation over a name.
BEGIN {
	print "survey"
	print ",type,name,number,clause,label,relevant,required,constraint,constraint_message,calculation,appearance"
	n = 0
	for (s = 1; s <= questions / 20; s++) {
		print ",begin_group,s" s ",,,区分 " s ",,,,,,"
		print ",select_one yes_no,gate" s ",,,区分 " s " の業務がありますか,,yes,,,,"
		for (i = 1; i <= 9; i++) {
			n++
			print ",begin_group,i" n "," n "," s "." i ",保護すべき情報の取扱いについて、責任者が " n " 番目の事項を確認している。," (i > 6 ? "${gate" s "} = 'yes'" : "") ",,,,,field-list"
			print ",select_one done,i" n "_answer,,,実施/未実施,,yes,,,,"
			print ",text,i" n "_detail,,,実施状況(詳細)又は未実施の理由,,${i" n "_answer} = 'no',,,,multiline"
			print ",end_group,,,,,,,,,,"
		}
		print ",calculate,sum" s ",,,,,,,,\"concat(${i" n "_answer}, ${gate" s "})\","
		print ",end_group,,,,,,,,,,"
	}
	print "choices"
	print ",list_name,name,label"
	print ",yes_no,yes,はい"
	print ",yes_no,no,いいえ"
	print ",done,yes,実施"
	print ",done,no,未実施"
	print "settings"
	print ",form_title,form_id,version"
	print ",確認書,bench,1"
}
