"""Names for invented people: each part is common somewhere, the pairs are drawn by chance."""

GIVEN = (
    "Aaliyah Abdul Adam Agnieszka Ahmed Aisha Alan Alicja Amber Amelia Amina Amir Ana Andrei "
    "Anna Aoife Archie Arjun Ashley Ava Ayaan Bella Ben Beth Billy Blessing Bogdan Caitlin "
    "Callum Cara Carlos Charlie Chidi Chloe Chukwu Ciara Connor Dafydd Daisy Dana Daniel Danny "
    "Daria Declan Demi Dilan Dylan Ebony Eilidh Elena Eleri Elif Ella Ellie Emeka Emily Emma "
    "Eoin Erin Esther Ethan Eva Evie Faith Farah Fatima Finn Freya Gabriel George Georgia "
    "Gethin Grace Hamza Hana Hannah Harley Harry Hassan Hawa Holly Ibrahim Idris Imogen Ioana "
    "Isaac Isla Ivan Jack Jade Jakub Jamal James Jasmine Jay Jayden Jess Jodie Joe Jordan Josh "
    "Julia Kacper Kai Karim Katie Kayleigh Keira Kelly Khadija Kiera Kieran Kyle Lara Layla "
    "Leah Leila Leo Leon Lewis Lexi Liam Libby Lily Logan Lola Louis Lucy Luke Maciej Maisie "
    "Maja Malik Maria Mark Marta Maryam Mason Matilda Max Maya Megan Mia Michael Mihai Milan "
    "Millie Mina Mohammed Molly Morgan Mya Nadia Naomi Natalia Nathan Nia Niamh Nicole Noah "
    "Nour Oliver Olivia Omar Oscar Owen Paige Patryk Phoebe Piotr Poppy Priya Rahim Rania "
    "Rebecca Reece Rhys Riley Robyn Roisin Rory Rosa Ruby Ryan Saba Sadia Sam Samira Sana Sara "
    "Scarlett Sean Selam Shannon Shay Sian Simran Skye Sofia Sophie Stefan Summer Sunil Taylor "
    "Temi Tess Theo Thomas Tia Toby Tom Tyler Uma Victoria Wiktor Will Yara Yasmin Yusuf Zac "
    "Zahra Zainab Zara Zoe Zuzanna"
).split()

FAMILY = (
    "Abbott Abdi Achebe Adeyemi Ahmed Akhtar Ali Allen Anderson Andrews Appiah Atkinson Bailey "
    "Baker Banerjee Barber Barker Barnes Begum Bell Bennett Bhatt Blackwell Booth Bradley "
    "Brennan Brooks Brown Burke Burton Byrne Campbell Carter Chan Chapman Chaudhry Chen Clark "
    "Clarke Coleman Collins Cook Cooper Cox Crawford Dang Davies Davis Dawson Dean Desai Diaz "
    "Dixon Dobson Doherty Douglas Doyle Duffy Dunn Edwards Elliott Ellis Evans Fernandes Field "
    "Fisher Fleming Fletcher Flynn Ford Foster Fox Francis Fraser Gallagher Garcia Gibson Gill "
    "Gordon Graham Grant Gray Green Griffiths Gupta Hall Hamilton Harper Harris Harrison Harvey "
    "Hassan Hayes Henderson Hill Holmes Hopkins Houghton Hughes Hussain Ibrahim Ionescu Iqbal "
    "Islam Jackson James Jenkins Johnson Johnston Jones Jordan Joshi Kamara Kaur Kelly Kennedy "
    "Khan King Knight Kowalska Kowalski Kumar Lambert Lawson Lee Lewis Lloyd Lowe Macdonald "
    "Mahmood Malik Marsh Marshall Martin Mason Matthews Mazur McCarthy McDonald Mensah Miah "
    "Miller Mills Mistry Mitchell Mohamed Moore Morgan Morris Murphy Murray Nash Nguyen Nowak "
    "O'Brien O'Neill Okafor Okoro Oliver Osei Owen Palmer Park Parker Patel Payne Pearce "
    "Pearson Perry Phillips Popescu Porter Powell Price Rahman Reid Reynolds Richards Riley "
    "Roberts Robertson Robinson Rogers Rose Ross Russell Ryan Saeed Santos Saunders Scott Shah "
    "Shaikh Sharma Sharp Shaw Simpson Singh Smith Spencer Stevens Stewart Stone Sullivan Taylor "
    "Thomas Thompson Thomson Tran Turner Uddin Walker Wallace Walsh Ward Warren Watson Webb "
    "West White Wilkinson Williams Williamson Wilson Wood Woods Wright Wu Yilmaz Young Yusuf "
    "Zielinska"
).split()

WORDS = (
    "amber anchor apple autumn bakery barley basket beacon birch biscuit bramble bridge bright "
    "butter candle canvas carpet castle cedar cheddar cherry clover cobble copper cotton cradle "
    "crystal daisy dapple ember fabric feather fiddle forest garden ginger gravel harbour "
    "harvest hazel heather honey indigo island ivory jigsaw juniper kettle lantern lemon linen "
    "magnet maple marble meadow mellow mitten mosaic mustard nutmeg ocean olive orchard paddle "
    "pebble pepper pillow planet plum pocket pollen poppy puzzle quartz quilt ribbon river "
    "saddle saffron sailor satin shadow silver spruce summit sunset tablet thimble timber tulip "
    "tunnel turnip velvet violet walnut whistle willow window winter wooden yellow"
).split()

SHORT = {
    "Daniel": "Danny",
    "Emily": "Em",
    "Ethan": "Eth",
    "Hannah": "Han",
    "James": "Jamie",
    "Jess": "Jessie",
    "Katie": "Kate",
    "Matilda": "Tilly",
    "Michael": "Mike",
    "Mohammed": "Mo",
    "Nathan": "Nate",
    "Oliver": "Ollie",
    "Rebecca": "Becky",
    "Samira": "Sam",
    "Scarlett": "Scar",
    "Thomas": "Tom",
    "Victoria": "Vicky",
    "Zainab": "Zee",
}

DISTRICTS = ("YO7", "YO8", "YO41", "YO42", "YO43", "YO51", "YO60", "YO61", "YO62", "HG5")
UNITS = "ABDEFGHJLNPQRSTUWXYZ"
