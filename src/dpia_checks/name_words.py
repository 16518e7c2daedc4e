"""
The words that tell whether another word is somebody's name: what names also are, and what stands beside one.

Each list is ours, in small letters, and none is complete: the more words a list has, the fewer false alarms.
"""

from __future__ import annotations

ALSO_WORDS = frozenset(
    """
    amber april august autumn baker bell bill black brook brown carter chance chase christian church clay cook cross
    dale daisy dawn day dean english faith fern field fields flint frank grace grant gray green grey guy hall hazel
    heather hill hobby holly home hope house hunter iris ivy jasmine joy june king lane law lily little long love
    mark marsh mason may melody miles mercy moon noble olive page park parker patience pearl penny poppy porter price
    read reed rich rob robin rose ruby sandy short singer slate smith stone street summer swift temple violet wall
    ward waters way west white will willow wood woods young
    """.split()  # noqa: SIM905 - words read better as words than as ninety strings
)
"""Names that are ordinary words, too. The list is ours: the more words it has, the fewer false alarms."""

ALSO_PLACES = frozenset(
    """
    acton austin barking barnet barton bexley bolton bradford brent brixton bromley brooklyn camden carlisle chelsea
    chester clapham croydon derby devon dover ealing eden eltham enfield georgia hackney halifax haringey hastings
    holland india ireland israel kensington kent kingston lambeth lancaster lewisham lincoln london luton milan oxford
    paris preston richmond romford sheffield southwark stafford stanton stratford sutton sydney tottenham vauxhall
    vienna victoria warwick washington wellington windsor york
    """.split()  # noqa: SIM905 - words read better as words than as sixty strings
)
"""Names that are places, too. The list is ours, as :data:`ALSO_WORDS` is."""

OF_BOROUGHS = frozenset(
    """
    barking barnet bexley brent bromley camden croydon dagenham ealing enfield forest fulham greenwich hackney hamlets
    hammersmith haringey harrow havering hillingdon hounslow islington kensington kingston lambeth lewisham merton
    newham redbridge richmond southwark sutton thames tower waltham wandsworth westminster
    """.split()  # noqa: SIM905 - as above
)
"""The words of the names of London's boroughs, but for one that is also a forename."""

ALSO_FORENAMES = frozenset(
    """
    austin brooklyn chelsea chester devon eden georgia india israel lincoln london milan paris preston sydney victoria
    vienna
    """.split()  # noqa: SIM905 - as above
)
"""Places that somebody may be called by without a surname: Chelsea (mum). The list is ours."""

PLACES = (ALSO_PLACES | OF_BOROUGHS) - ALSO_FORENAMES
"""What is a place beside a relation and brackets: friend (Croydon)."""

TITLES = frozenset("cllr dc di dr judge miss mr mrs ms mx nurse officer pc prof ps sgt".split())  # noqa: SIM905
"""What stands before the surname of somebody who works there: Ms Khan, PC Khan. The list is ours."""

OF_STREETS = frozenset(
    """
    avenue clinic college common crescent estate gardens health hospital hostel house library market road school
    square station street surgery terrace town
    """.split()  # noqa: SIM905 - as above
)
"""What follows a name with a capital and makes it a place: Basalt Road. The list is ours."""

OF_PEOPLE = frozenset(
    """
    agreed apologised arrived asked asks attended attends cried declined did didn't disclosed emailed engaged explained
    feels felt phoned rang refused said says spoke stated talked texted thinks told wanted wants
    """.split()  # noqa: SIM905 - as above
)
"""What people do: a name right before it is a name, whatever else the word means. The list is ours."""

TO_PEOPLE = frozenset("asked met named phoned saw spoke talked texted told".split())  # noqa: SIM905 - as above
"""What is done to people: told Grace, spoke to Chelsea. The list is ours."""

NOT_DOING = frozenset("at during every from in last near next of on since this to until via".split())  # noqa: SIM905
"""What stands before a place or a time, which then does nothing: since May attended twice."""

OF_SERVICES = frozenset(
    """
    abduction absent abuse act address advice agencies agency and arrangements awareness baby benefit both camhs
    care centre code contact court criminal cruelty custody deceased details exploitation family first focus for
    from gave group had has have he health hostel house hub impact in intervention is known law liaison line link
    looked maintenance mappa marac name names neglect nil no none not of offender officer one only own passed
    personal plan police project protection room safeguarding service services sexual she social statement status
    support surcharge tax team the they three to tongue trust two under unit unknown violence visiting was we were
    when who with work worker yes
    """.split()  # noqa: SIM905 - words read better as words than as a hundred strings
)
"""Words that follow a relation with a capital and name nobody: Victim Support, Children: None. The list is ours."""

OF_PEOPLES = frozenset(
    """
    afghan african albanian algerian american arab asian australian bangladeshi black brazilian british bulgarian
    canadian caribbean catholic chinese colombian congolese cypriot czech dutch english eritrean estonian ethiopian
    european filipino french gambian german ghanaian greek gypsy hindu hungarian indian iranian iraqi irish italian
    jamaican japanese jewish kenyan kosovan kurdish latvian lebanese libyan lithuanian mauritian mixed moroccan
    muslim nepalese nigerian norwegian pakistani polish portuguese romanian russian scottish serbian sikh slovak
    somali spanish sudanese swedish swiss syrian tamil thai traveller tunisian turkish ugandan ukrainian vietnamese
    welsh white zimbabwean
    """.split()  # noqa: SIM905 - as above
)
"""Where somebody comes from, or what they hold: partner British. The list is ours."""

OF_STAGES = frozenset(
    """
    addict adult age aged army beds boy boys client clients con council drinker drug eldest forces former girl girls
    heroin inmate living military navy offenders officio oldest over pregnant prisoner resident school serviceman
    servicewoman smoker soldier teenage twin twins unborn user veteran younger youngest
    """.split()  # noqa: SIM905 - as above
)
"""Of what age somebody is, or what they were: Son Aged 5, ex Army. The list is ours."""

OF_NOTES = frozenset(
    """
    abh accommodation alcohol appointment arguments arson assault assaults attendance attended battery bereaved
    bereavement breach breakdown burglary cancelled carer childcare children complainant conflict contact control
    criminal custody damage death debt dependants dependents dispute disputes drugs emergency family finances
    friends gbh grief guardian harassment health history home household housing illness kidnap landlord living loss
    lost manslaughter money murder next nobody none other others parenting person present rang referred
    referrer refuge relationship relationships relatives robbery seen significant stalking support supporter
    supporters tenancy theft threat threats transport violence visitor visits witness wounding yes
    """.split()  # noqa: SIM905 - as above
)
"""What a note or an offence is about, before a relation in brackets: Assault (partner). The list is ours."""

OF_SENTENCES = frozenset(
    """
    about abusive after against all also any are arrested as at bank beater before between born but called came can
    cannot charged christmas clinic complaint complaints could currently day died dies disabled dispute disputes
    divorced do does down drinks due during each employed every expecting feels her here hers him his homeless how
    if ill into it its just left live lived lives many married meeting missing more most moved my needs noise now
    off on or our out present previously rang recently released remanded removed reported reports request separated
    serving should sick since so some stayed staying stays still supportive that their then there these this those
    too unemployed until unwell up uses very via violent wants well what where which whose why without worked
    working works would you your
    """.split()  # noqa: SIM905 - as above
)
"""What goes on after a relation in a note written with capitals: Partner Lives Abroad. The list is ours."""

OF_LIVES = frozenset(
    """
    abroad academy adhd admitted adopted adoption alcohol allowance anxiety apprentice apprenticeship arthritis
    association asthma asylum autism autistic bail bipolar blind boy brain breast builder buys cancer cannabis car carer
    chef claims class cleaner cocaine college community company constructive copd credit dates deaf debts dementia
    dental depressed depression diabetes diabetic disability disorder doctor domestic drinking driver ehcp electrician
    employment epilepsy epileptic esol evening excluded failed female financial flat foster fostered frail full gcse
    girl grandparents guardianship heart homelessness hospice housing immigration income job jobcentre jobseeker
    jobseekers keyworker kidney kin labourer leave licence lodging long low lung male manager medical medication memory
    mental minder money mortgage neighbourhood night nights non nurse nursery nursing outreach overseas paid paranoid
    parenting parents parkinson part pastoral pays pension physical physically play plumber poor postnatal primary
    prison private probation psychiatric psychosis pupil reception rehab remand rent restraining retired retirement
    schizophrenia schizophrenic secondary seeker self send sentenced separation severe sheltered shielding sickness
    single sober special speech st staff stepfamily stroke student substance suicidal supported teacher temporary
    tenancy tenant tenants terminally therapy travel tribunal unemployment universal university visa voluntary volunteer
    waiter waiting waitress wheelchair year years youth zero
    """.split()  # noqa: SIM905 - as above
)
"""How somebody lives, or what they get: Partner Universal Credit, Son Year 5, Mother Diabetes. The list is ours."""

OF_HELP = frozenset(
    """
    advocate aid barnardo's barrister counsellor crisis dentist easter eid imam interpreter lawyer mentor midwife mind
    nacro pastor priest psychiatrist psychologist ramadan refuge samaritans shelter solace solicitor thanks therapist
    today tomorrow vicar women's yesterday
    """.split()  # noqa: SIM905 - as above
)
"""Who helps, and when, before a comma and a relation: support from Shelter, her mother and others. The list is ours."""

OF_SHOPS = frozenset(
    """
    aldi asda boots bus driver emergency guard lidl man member men morrisons primark public retailer
    sainsbury sainsbury's security shop store stranger supermarket superdrug taxi tesco
    """.split()  # noqa: SIM905 - as above
)
"""Whom an offence was against when it was nobody by name: Victim: Tesco. The list is ours."""

OF_OFFENCES = frozenset(
    """
    accused affray caller communications defendant disorder disorderly drunk fraud high intimidation low medium network
    obstruct obstruction order perpetrator possession priority property racially sexual shoplifting suspect trespass
    urgent weapon
    """.split()  # noqa: SIM905 - as above
)
"""What else a note is about, before a comma and a relation: Public Order, victim. The list is ours."""

NOT_CALLED = frozenset(
    """
    a again already an another back be because being but by confidential different either even ever given going
    incorrect just mentioned misspelt names needed never often pending recorded redacted regularly requested required
    right several similar so spelt still that then today tomorrow twice upon used withheld written wrong yesterday yet
    """.split()  # noqa: SIM905 - as above
)
"""What goes on after "is called" or "the name is" in small letters, and is no name. The list is ours."""

FORENAMES = frozenset(
    """
    aaron abdul adam agnieszka ahmed aisha alan alison amelia amina amy andrea andrew andy angela anita anna anne annie
    anthony barbara barry ben benjamin bernadette beverley brenda brian bridget callum cameron caroline catherine
    charlie charlotte cheryl chloe chris christine christopher claire clare claudia colin connor craig damian daniel
    danielle danny darren dave david debbie deborah debra denise dennis derek diane donald donna dorothy douglas duncan
    dwayne eddie edward eileen elaine eleanor elizabeth ella ellie emily emma eric fatima fiona freya gareth gary gavin
    gemma geoffrey george geraldine graeme graham hannah harriet harry hassan hayley heidi helen henry hussein ian
    ibrahim imran irene isabel isabella isabelle jack jackie jacob jacqueline jake james jamie jane janet janice jason
    jayne jeff jeffrey jennifer jenny jeremy jermaine jessica jill jim jimmy joan joanna joanne joe john johnny jonathan
    jose joseph josephine josh joshua joyce judith julia julian julie karen kate katherine kathleen kathryn katie katy
    keith kelly kenneth kerry kevin khadija kieran kimberley kirsty kwame kyle laura lauren leanne leon leslie lewis
    liam linda lindsay lisa lorraine louise lucy luke lydia lynn lynne malcolm marcus margaret maria marie marilyn
    marion martin mary maryam matthew maureen maxine megan melanie melissa michael michelle mick mike miriam mohamed
    mohammed molly monica muhammad naomi natalie natasha nathan neil nicholas nicola nigel oliver olivia omar oscar
    pamela patricia paul paula pauline pedro peter phil philip phillip piotr priya rachel ralph raymond rebecca rhys
    richard robert roger ronald ross russell ruth ryan sally sam samantha samuel sandra sara sarah scott sean shane
    sharon shaun sheila shirley simon sofia sonia sophia sophie stacey stephanie stephen steve steven stuart susan
    suzanne tamara tanya tara tariq terence teresa terry thomas tiffany tim timothy tina toby tom tomasz tony tracey
    tracy trevor tyrone valerie vanessa vera veronica vincent wayne wendy william yasmin yusuf yvonne zainab zoe
    """.split()  # noqa: SIM905 - as above
)
"""
Common forenames that are hardly ever anything else: beside a relation they name somebody in small letters, too.

The list is ours, and short: a name that is not on it has to have a capital to be told from a word.
"""

NO_NAMES = OF_SERVICES | OF_PEOPLES | OF_STAGES | OF_PEOPLE | OF_SENTENCES | OF_LIVES | OF_SHOPS
"""Words beside a relation that name nobody, although they begin with a capital."""
