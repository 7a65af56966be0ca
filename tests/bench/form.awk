# SPDX-License-Identifier: MIT
# A form of as many questions as -v questions says, five on a page, that need
# one another only on their page.
BEGIN {
	print "survey"
	print ",type,name,label,relevant,required,constraint,constraint_message,calculation,appearance"
	for (p = 1; p <= questions / 5; p++) {
		print ",begin_group,page" p ",確認事項 " p ",,,,,,field-list"
		print ",select_one yes_no,done" p ",実施していますか,,yes,,,,"
		print ",text,detail" p ",詳細,,${done" p "} = 'no',,,,multiline"
		print ",date,day" p ",実施年月日,${done" p "} = 'yes',,. <= today(),今日までの日を記入してください,,"
		print ",integer,people" p ",人数,,,. >= 0,0以上の数を記入してください,,"
		print ",calculate,all" p ",まとめ,,,,,\"concat(${done" p "}, ${detail" p "})\","
		print ",end_group,,,,,,,,"
	}
	print "choices"
	print ",list_name,name,label"
	print ",yes_no,yes,はい"
	print ",yes_no,no,いいえ"
	print "settings"
	print ",form_title,form_id,version"
	print ",確認書,bench,1"
}
